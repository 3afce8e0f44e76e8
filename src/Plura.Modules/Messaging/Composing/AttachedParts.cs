using System.Text;
using Plura.Contacts.Contracts;

namespace Plura.Messaging;

/// <summary>Files around a letter: multipart/mixed with the letter as its first part (RFC 2046), names as RFC 2231 writes them.</summary>
internal static class AttachedParts
{
    /// <summary>A line of base64 has at most so many letters (RFC 2045).</summary>
    private const int Line = 76;

    /// <summary>What stands before the letter's own parts.</summary>
    public static void Begin(QuotedPrintable output, string boundary, string contentType) =>
        output.Encoded(Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-Type: {contentType}\r\n\r\n"), column: 0);

    public static void End(QuotedPrintable output, string boundary, IReadOnlyList<AttachedFile> files)
    {
        foreach (var file in files)
        {
            var head = $"\r\n--{boundary}\r\nContent-Type: {file.Type}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n{Names(file.Name)}\r\n\r\n";
            output.Encoded(Encoding.ASCII.GetBytes(head), column: 0);
            output.Encoded(Encoding.ASCII.GetBytes(Lines(Convert.ToBase64String(file.Bytes.Span))), column: 0);
        }

        output.Encoded(Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"), column: 0);
    }

    private static string Lines(string base64)
    {
        var text = new StringBuilder(base64.Length + (base64.Length / Line * 2) + 2);
        for (var at = 0; at < base64.Length; at += Line)
            text.Append(base64, at, Math.Min(Line, base64.Length - at)).Append("\r\n");
        return text.ToString();
    }

    /// <summary>Plain where it can be; else in UTF-8, cut into numbered pieces so that no line is long.</summary>
    private static string Names(string name)
    {
        if (name.Length <= 60 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '-' or '_' or '(' or ')'))
            return $" filename=\"{name}\"";
        var pieces = new List<string>();
        var piece = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            piece.Append(char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_' ? ((char)b).ToString() : $"%{b:X2}");
            if (piece.Length < 55)
                continue;
            pieces.Add(piece.ToString());
            piece.Clear();
        }

        if (piece.Length > 0)
            pieces.Add(piece.ToString());
        return string.Join(";\r\n", pieces.Select((p, at) => $" filename*{at}*={(at == 0 ? "UTF-8''" : "")}{p}"));
    }
}
