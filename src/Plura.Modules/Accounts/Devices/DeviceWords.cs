using System.Net;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What we keep of how somebody came: browser and system in coarse words, and the network without the part that points at one person.</summary>
public static class DeviceWords
{
    // The order counts: most browsers also call themselves by the names of those that came before them.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
    ];

    /// <summary><c>Chrome on Windows</c>, <c>A browser on Linux</c>, <c>A program</c>.</summary>
    public static string Of(string? userAgent)
    {
        var text = userAgent ?? "";
        var (browser, system) = (Named(Browsers, text), Named(Systems, text));
        return (browser, system) switch
        {
            (null, null) => text.StartsWith("Mozilla/", StringComparison.Ordinal) ? "A browser" : "A program",
            (null, _) => $"A browser on {On(system)}",
            (_, null) => browser,
            _ => $"{browser} on {On(system)}",
        };
    }

    /// <summary><c>203.0.113.x</c> for IPv4, <c>2001:db8:1::/48</c> for IPv6; null for this machine itself.</summary>
    public static string? Network(IPAddress? address)
    {
        if (address is null || IPAddress.IsLoopback(address))
            return null;
        var cut = Networks.Cut(address, 48);
        return cut.GetAddressBytes() is [var a, var b, var c, _] ? FormattableString.Invariant($"{a}.{b}.{c}.x") : cut + "/48";
    }

    private static string? Named((string Mark, string Name)[] known, string text) => known.FirstOrDefault(k => text.Contains(k.Mark, StringComparison.Ordinal)).Name;

    private static string On(string system) => system switch { "iPad" or "iPhone" => "an " + system, "Chromebook" or "Mac" => "a " + system, _ => system };
}
