using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Where an app may have its people sent back to, with a code that opens an account: whole addresses, compared letter by letter.</summary>
internal static class ReturnAddresses
{
    private const int Most = 10;
    private const int Longest = 500;

    /// <summary>One in a line.</summary>
    public static Result<IReadOnlyList<string>> Read(string? text)
    {
        var lines = (text ?? "").Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (lines.Count == 0)
            return Wrong("Enter at least one address that people come back to.");
        if (lines.Count > Most)
            return Wrong("An app has at most ten addresses.");
        foreach (var line in lines)
        {
            if (Complaint(line) is { } complaint)
                return Wrong($"{line}: {complaint}");
        }

        return lines;
    }

    private static string? Complaint(string line)
    {
        if (line.Length > Longest || line.Any(c => c is '*' or '\\' || char.IsWhiteSpace(c) || char.IsControl(c)) || !Uri.TryCreate(line, UriKind.Absolute, out var address) || !line.Contains(':', StringComparison.Ordinal))
            return "write a whole address, for example https://app.example.com/callback.";
        if (line.Contains('#', StringComparison.Ordinal) || address.UserInfo.Length > 0)
            return "write it without a name before the host and without #.";
        return address.Scheme switch
        {
            "https" => null,
            "http" => address.IsLoopback ? null : "what goes over http can be read on its way. Use https; http is for localhost alone.",
            // An app on a device: a scheme by its own domain name, which no other program takes by accident (RFC 8252).
            var scheme => scheme.Contains('.', StringComparison.Ordinal) && line.StartsWith(scheme + ":/", StringComparison.Ordinal) ? null : "use https, or for an app on a device a scheme like com.example.app:/callback.",
        };
    }

    private static Refusal Wrong(string text) => Refusal.Invalid("app.return_address", text, nameof(KeepApp.Returns));
}
