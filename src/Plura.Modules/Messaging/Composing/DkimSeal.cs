using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plura.Messaging;

/// <summary>Signs a letter that lies ready as bytes (RFC 6376, rsa-sha256, relaxed/relaxed), without taking it apart again.</summary>
public static class DkimSeal
{
    private static readonly string[] Covered =
        ["from", "reply-to", "to", "subject", "date", "message-id", "mime-version", "content-type", "list-unsubscribe", "list-unsubscribe-post", "feedback-id"];

    /// <summary>The signature's header line, with its end.</summary>
    public static string Sign(LetterSigner signer, IReadOnlyList<(string Name, string Value)> headers, ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var covered = new List<string>(Covered.Length);
        var text = new StringBuilder(1024);
        foreach (var name in Covered)
        {
            foreach (var (written, value) in headers)
            {
                if (!string.Equals(written, name, StringComparison.OrdinalIgnoreCase))
                    continue;
                covered.Add(name);
                Relaxed(text, name, value);
                text.Append("\r\n");
            }
        }

        var unsigned = string.Create(CultureInfo.InvariantCulture, $"""
            v=1; a=rsa-sha256; c=relaxed/relaxed; d={signer.Domain}; s={signer.Selector};{Fold}t={at.ToUnixTimeSeconds()}; h={string.Join(':', covered.Take(6))}:{Fold}{string.Join(':', covered.Skip(6))};{Fold}bh={BodyHash(body)};{Fold}b=
            """);
        Relaxed(text, "dkim-signature", unsigned);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString()), hash);
        return $"DKIM-Signature: {unsigned}{Folded(Convert.ToBase64String(signer.Key.Sign(hash)))}\r\n";
    }

    private const string Fold = "\r\n\t";

    private static string Folded(string signature)
    {
        var result = new StringBuilder(signature.Length + 24);
        for (var i = 0; i < signature.Length; i += 72)
            result.Append(i == 0 ? "" : Fold).Append(signature, i, Math.Min(72, signature.Length - i));
        return result.ToString();
    }

    private static void Relaxed(StringBuilder text, string name, string value)
    {
        text.Append(name).Append(':');
        var (start, blank) = (text.Length, false);
        foreach (var c in value)
        {
            if (c is '\r' or '\n')
                continue;
            if (c is ' ' or '\t')
            {
                blank = true;
                continue;
            }

            if (blank && text.Length > start)
                text.Append(' ');
            blank = false;
            text.Append(c);
        }
    }

    /// <summary>Runs of blanks count as one, blanks before a line's end and empty lines at the end as nothing.</summary>
    internal static string BodyHash(ReadOnlySpan<byte> body)
    {
        var canonical = ArrayPool<byte>.Shared.Rent(body.Length + 2);
        var length = 0;
        while (body.Length > 0)
        {
            var plain = body.IndexOfAny((byte)' ', (byte)'\t', (byte)'\r');
            var take = plain < 0 ? body.Length : plain;
            body[..take].CopyTo(canonical.AsSpan(length));
            length += take;
            body = body[take..];
            if (body.Length == 0)
                break;
            if (body[0] == '\r')
            {
                canonical[length++] = body[0];
                body = body[1..];
                continue;
            }

            var word = body.IndexOfAnyExcept((byte)' ', (byte)'\t');
            body = word < 0 ? [] : body[word..];
            if (body.Length > 0 && body[0] != '\r')
                canonical[length++] = (byte)' ';
        }

        while (length >= 4 && canonical.AsSpan(length - 4, 4).SequenceEqual("\r\n\r\n"u8))
            length -= 2;
        var hash = Convert.ToBase64String(SHA256.HashData(canonical.AsSpan(0, length)));
        ArrayPool<byte>.Shared.Return(canonical);
        return hash;
    }
}
