namespace Plura.Platform;

/// <summary>What the names of hosts and domains look like.</summary>
public static class DomainNames
{
    /// <summary>At least two labels of letters, digits and hyphens.</summary>
    public const string Shape = @"^(?i)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$";

    /// <summary>The domain of an e-mail address, in lower case.</summary>
    public static string Of(string email) => email[(email.LastIndexOf('@') + 1)..].Trim().ToLowerInvariant();

    /// <summary>Whether a name is this domain or stands below it.</summary>
    public static bool IsIn(string name, string domain) => name == domain || name.EndsWith("." + domain, StringComparison.Ordinal);
}
