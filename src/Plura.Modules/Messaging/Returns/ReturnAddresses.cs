using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// Where letters come back to: an envelope sender of its own for each send, which names account and send and is signed, so that nobody can say
/// of a letter that it came back who does not have that address. It is written in 32 letters and digits because some servers make small
/// letters of capitals, and fits into the 64 characters that RFC 5321 allows before the @: what is left for the signature is 48 bits, of
/// which a guess costs a mail.
/// </summary>
public sealed class ReturnAddresses
{
    /// <summary>Carries the same in a letter whose envelope sender is one mailbox for all.</summary>
    public const string Header = "X-Plura-Send";

    private const string Mark = "b-";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Ids = 32;
    private const int Mac = 6;
    private const int Letters = 61;

    private readonly byte[] key;
    private readonly string? host;

    public ReturnAddresses(KeyFiles keys, IConfiguration configuration, IHostEnvironment environment)
    {
        key = keys.Derive("link", "return-addresses");
        var chosen = configuration["Email:ReturnPath"]?.Trim().TrimStart('@');
        if (chosen is { Length: > 0 } && chosen.Contains('@', StringComparison.Ordinal))
            Mailbox = HeaderText.Address(chosen);
        else
            host = chosen is { Length: > 0 } ? chosen.ToLowerInvariant() : InboundHost.Of(configuration, environment);
    }

    /// <summary>One mailbox for all letters, where the settings name one; what comes back is then joined by what the letter itself says.</summary>
    public string? Mailbox { get; }

    /// <summary>The envelope sender of a send; null where nothing that comes back could reach us.</summary>
    public string? For(Guid account, Guid send) => Mailbox ?? (host is null ? null : $"{Mark}{Token(account, send)}@{host}");

    /// <summary>Account and send, signed.</summary>
    public string Token(Guid account, Guid send)
    {
        Span<byte> bytes = stackalloc byte[Ids + Mac];
        account.TryWriteBytes(bytes, bigEndian: true, out _);
        send.TryWriteBytes(bytes[16..], bigEndian: true, out _);
        Sign(bytes[..Ids], bytes[Ids..]);
        Span<char> text = stackalloc char[Letters];
        for (var place = 0; place < Letters; place++)
            text[place] = Alphabet[Five(bytes, place * 5)];
        return new string(text);
    }

    /// <summary>Reads one of our addresses, on whatever host; null for every other.</summary>
    public ReturnAddress? Read(string? address)
    {
        var local = address?.Trim().Trim('<', '>').Split('@')[0] ?? "";
        return local.StartsWith(Mark, StringComparison.OrdinalIgnoreCase) ? ReadToken(local[Mark.Length..]) : null;
    }

    /// <summary>Null where it does not have the shape of one.</summary>
    public ReturnAddress? ReadToken(string? token)
    {
        if (token?.Trim().ToLowerInvariant() is not { Length: Letters } text)
            return null;
        Span<byte> bytes = stackalloc byte[Ids + Mac];
        bytes.Clear();
        for (var place = 0; place < Letters; place++)
        {
            var value = Alphabet.IndexOf(text[place], StringComparison.Ordinal);
            if (value < 0)
                return null;
            for (var bit = 0; bit < 5 && (place * 5) + bit < bytes.Length * 8; bit++)
            {
                var at = (place * 5) + bit;
                bytes[at / 8] |= (byte)(((value >> (4 - bit)) & 1) << (7 - (at % 8)));
            }
        }

        Span<byte> expected = stackalloc byte[Mac];
        Sign(bytes[..Ids], expected);
        return new ReturnAddress(new Guid(bytes[..16], bigEndian: true), new Guid(bytes[16..Ids], bigEndian: true), CryptographicOperations.FixedTimeEquals(expected, bytes[Ids..]));
    }

    private static int Five(ReadOnlySpan<byte> bytes, int from)
    {
        var value = 0;
        for (var at = from; at < from + 5; at++)
            value = (value << 1) | (at < bytes.Length * 8 ? (bytes[at / 8] >> (7 - (at % 8))) & 1 : 0);
        return value;
    }

    private void Sign(ReadOnlySpan<byte> body, Span<byte> mac)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, body, hash);
        hash[..Mac].CopyTo(mac);
    }
}
