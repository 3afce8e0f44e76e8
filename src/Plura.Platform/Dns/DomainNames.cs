using System.Globalization;

namespace Plura.Platform;

/// <summary>What the names of hosts and domains look like.</summary>
public static class DomainNames
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>At least two labels of letters, digits and hyphens.</summary>
    public const string Shape = @"^(?i)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$";

    /// <summary>The domain of an e-mail address, as the name system knows it.</summary>
    public static string Of(string email)
    {
        var domain = email[(email.LastIndexOf('@') + 1)..].Trim().ToLowerInvariant();
        return Ascii(domain) ?? domain;
    }

    /// <summary>In lower case and ASCII; null where no name can be written like this.</summary>
    public static string? Ascii(string name)
    {
        try
        {
            return Idn.GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>As people write it: <c>bäckerei.example</c>.</summary>
    public static string Shown(string name)
    {
        try
        {
            return Idn.GetUnicode(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    /// <summary>Whether a name is this domain or stands below it.</summary>
    public static bool IsIn(string name, string domain) => name == domain || name.EndsWith("." + domain, StringComparison.Ordinal);
}
