using System.Net;
using System.Net.Sockets;

namespace Plura.Platform;

/// <summary>
/// How much of an address belongs to one connection. A provider gives an IPv6 household at least 64 bits to play with, so one address of it
/// is no person: whoever is counted or slowed down by single addresses takes a new one for each try.
/// </summary>
public static class Networks
{
    /// <summary>The bits of an IPv6 address by which one connection is told from another.</summary>
    public const int Line = 64;

    /// <summary>An IPv4 address whole, an IPv6 address's first bits and zeros after them; an IPv4 address in IPv6 clothes counts as what it is.</summary>
    public static IPAddress Cut(IPAddress address, int bits = Line)
    {
        var whole = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (whole.AddressFamily == AddressFamily.InterNetwork)
            return whole;
        var bytes = whole.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return new IPAddress(bytes);
    }
}
