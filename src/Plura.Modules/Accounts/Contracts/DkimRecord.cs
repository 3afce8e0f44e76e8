namespace Plura.Accounts.Contracts;

/// <summary>The TXT record in which a domain publishes the key of its signatures (RFC 6376 §3.6.1).</summary>
public static class DkimRecord
{
    public static string Name(string selector, string domain) => $"{selector}._domainkey.{domain}";

    /// <param name="publicKey">In base64.</param>
    /// <param name="note">The tag n, which receivers of mail pass over; null for none.</param>
    public static string Text(string publicKey, string? note = null) => note is null ? $"v=DKIM1; k=rsa; p={publicKey}" : $"v=DKIM1; k=rsa; n={note}; p={publicKey}";

    /// <summary>Whether this is what stands there, however it is spaced. Of several records receivers may take any, so there must be one.</summary>
    public static bool Fits(IReadOnlyList<string> texts, string publicKey, string? note = null)
    {
        if (texts is not [var text])
            return false;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in text.Split(';'))
        {
            if (tag.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                tags[tag[..at].Trim()] = string.Concat(tag[(at + 1)..].Where(c => !char.IsWhiteSpace(c)));
        }

        return tags.GetValueOrDefault("v", "DKIM1") == "DKIM1" && tags.GetValueOrDefault("k", "rsa") == "rsa"
            && tags.GetValueOrDefault("h", "sha256").Split(':').Contains("sha256", StringComparer.Ordinal)
            && (note is null || tags.GetValueOrDefault("n") == note) && tags.GetValueOrDefault("p") == publicKey;
    }
}
