using System.Net;
using System.Net.Sockets;
using Plura.Platform.Postgres;

namespace Plura.Web;

/// <summary>
/// Looks before anything is started whether the addresses to serve at are free. Otherwise the web server finds out last, and everything
/// that runs by then falls over with it, in hundreds of lines.
/// </summary>
public static class FreePorts
{
    /// <exception cref="PlainException">Something else answers there.</exception>
    public static void Check(string addresses)
    {
        foreach (var text in addresses.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var address = BindingAddress.Parse(text);
            if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
                continue;
            using var probe = new TcpListener(Where(address.Host), address.Port);
            try
            {
                probe.Start();
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new PlainException($"Something already answers at {text}, perhaps another PluraOS. Stop it, or start this one elsewhere, for example with ASPNETCORE_URLS=http://localhost:{address.Port + 1}");
            }
            catch (SocketException)
            {
                // Any other trouble (a low port, an address that this machine does not have) the web server names itself.
            }
        }
    }

    private static IPAddress Where(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address
        : string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.Any;
}
