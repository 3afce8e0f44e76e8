using System.Security.Cryptography;
using System.Text;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Where an acceptance came from, kept as a keyed hash: it can be compared with an address and not read.</summary>
internal static class AcceptedFrom
{
    public static string? Hash(KeyFiles keys, string? ip) => ip is null ? null
        : Convert.ToHexStringLower(HMACSHA256.HashData(keys.Derive("pepper", "ip"), Encoding.UTF8.GetBytes(ip)))[..32];
}
