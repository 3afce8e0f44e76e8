using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Plura.Platform;

namespace Plura.Messaging;

public enum LinkKind : byte
{
    Unsubscribe = 1,
    Preferences = 2,
    Open = 3,
    Click = 4,
    File = 5,
}

/// <param name="Number">Which link of the letter; 0 where there is but one.</param>
public sealed record LinkToken(LinkKind Kind, Guid TenantId, Guid SendId, int Number);

/// <summary>
/// Makes and reads the tokens in the links of a letter. A token names its send and is the authority to act for its recipient,
/// so it carries a keyed hash of 128 bits. It never expires: an unsubscribe link must work for as long as the letter exists. A file's is heeded while its message is on its way, and not longer.
/// </summary>
public sealed class PublicLinks
{
    private const int Body = 35;
    private const int Mac = 16;

    private readonly byte[] key;

    public PublicLinks(KeyFiles keys, IConfiguration configuration)
    {
        key = keys.Derive("link", "public-links");
        var configured = PublicAddress.Of(configuration);
        PublicUrl = configured.TrimEnd('/');
    }

    /// <summary>Where this installation is reached, without a slash at the end.</summary>
    public string PublicUrl { get; }

    public string Url(LinkKind kind, Guid tenantId, Guid sendId, int number = 0) =>
        string.Concat(PublicUrl, kind switch { LinkKind.Unsubscribe => "/u/", LinkKind.Preferences => "/p/", LinkKind.Open => "/o/", LinkKind.File => "/m/", _ => "/l/" }, Token(kind, tenantId, sendId, number));

    public string Token(LinkKind kind, Guid tenantId, Guid sendId, int number = 0)
    {
        Span<byte> bytes = stackalloc byte[Body + Mac];
        bytes[0] = (byte)kind;
        tenantId.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        sendId.TryWriteBytes(bytes[17..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[33..], checked((ushort)number));
        Sign(bytes[..Body], bytes[Body..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The token's content, or null where it was not made here or was made for another kind of link.</summary>
    public LinkToken? Read(string? token, LinkKind kind)
    {
        Span<byte> bytes = stackalloc byte[Body + Mac];
        if (token is not { Length: 68 } || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var length) || length != Body + Mac)
            return null;
        Span<byte> expected = stackalloc byte[Mac];
        Sign(bytes[..Body], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[Body..]) || bytes[0] != (byte)kind)
            return null;
        return new LinkToken(kind, new Guid(bytes[1..17], bigEndian: true), new Guid(bytes[17..33], bigEndian: true), BinaryPrimitives.ReadUInt16BigEndian(bytes[33..35]));
    }

    private void Sign(ReadOnlySpan<byte> body, Span<byte> mac)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, body, hash);
        hash[..Mac].CopyTo(mac);
    }
}
