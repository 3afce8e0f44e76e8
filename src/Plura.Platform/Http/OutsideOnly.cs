using System.Net;
using System.Net.Sockets;

namespace Plura.Platform;

/// <summary>
/// Connections to addresses that somebody from outside gave us: only to what anybody on the internet can reach. The name is looked up here and the connection made to
/// what was found, so that a name cannot mean one thing when it is checked and another when it is used. Redirects are not followed.
/// </summary>
public static class OutsideOnly
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="insideToo">For tests, and for services that somebody runs in their own network on purpose.</param>
    public static SocketsHttpHandler Handler(bool insideToo = false) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = Patience,
        ConnectCallback = async (context, ct) => await Connect(context.DnsEndPoint, insideToo, ct),
    };

    /// <summary>Whether an address belongs to the internet, and not to this machine, its network or nobody.</summary>
    public static bool IsOutside(IPAddress address)
    {
        var ip = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return ip.AddressFamily == AddressFamily.InterNetwork ? IsOutside(ip.GetAddressBytes()) : ip.AddressFamily == AddressFamily.InterNetworkV6 && IsOutsideV6(ip);
    }

    // The special-purpose addresses of RFC 6890 and its registry.
    private static bool IsOutside(byte[] ip) => ip switch
    {
        [0 or 10 or 127, ..] or [>= 224, ..] => false,
        [100, >= 64 and < 128, ..] or [169, 254, ..] or [172, >= 16 and < 32, ..] or [192, 168, ..] or [198, 18 or 19, ..] => false,
        [192, 0, 0 or 2, _] or [192, 88, 99, _] or [198, 51, 100, _] or [203, 0, 113, _] => false,
        _ => true,
    };

    /// <summary>Of IPv6 only what is given out (2000::/3), without the ways in which an IPv4 address can hide there.</summary>
    private static bool IsOutsideV6(IPAddress ip) => ip.GetAddressBytes() switch
    {
        [0x20, 0x01, 0x00 or 0x01, ..] or [0x20, 0x01, 0x0d, 0xb8, ..] or [0x20, 0x02, ..] or [0x3f, 0xff, ..] => false,
        [var first, ..] => (first & 0xe0) == 0x20,
        _ => false,
    };

    private static async Task<Stream> Connect(DnsEndPoint to, bool insideToo, CancellationToken ct)
    {
        var found = IPAddress.TryParse(to.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(to.Host, ct);
        var allowed = found.Where(a => insideToo || IsOutside(a)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The address leads to no place on the internet.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, to.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
