using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Turns networks, addresses and domains into keyed hashes, so that they can be counted and not read.</summary>
public sealed class NetworkKeys(KeyFiles keys)
{
    /// <summary>The network of an address, or of one that is cut already (<c>203.0.113.0/24</c>); null for this machine and private networks, because a proxy in the house speaks for everybody.</summary>
    public string? Network(string? address)
    {
        if (!IPAddress.TryParse(address?.Split('/')[0], out var ip) || Private(ip) || DeviceWords.Network(ip) is not { } network)
            return null;
        return Hash("network", network);
    }

    public string Subject(string email) => Hash("subject", email.Trim().ToUpperInvariant());

    public string? Domain(string email) => DomainNames.Of(email) is { Length: > 0 } domain && !MailProviders.Everybodys(domain) ? Hash("domain", domain) : null;

    private string Hash(string what, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(keys.Derive("pepper", "misuse " + what), Encoding.UTF8.GetBytes(value)))[..32];

    private static bool Private(IPAddress address)
    {
        var ip = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(ip) || ip.IsIPv6LinkLocal || ip.IsIPv6UniqueLocal)
            return true;
        return ip.AddressFamily == AddressFamily.InterNetwork && ip.GetAddressBytes() is [var a, var b, ..]
            && (a is 10 or 0 || (a == 172 && b is >= 16 and < 32) || (a == 192 && b == 168) || (a == 169 && b == 254) || (a == 100 && b is >= 64 and < 128));
    }
}
