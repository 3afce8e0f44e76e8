using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>One derived key per account, kept for the life of the process: hashing an address costs about a microsecond.</summary>
public sealed class AccountPeppers(KeyFiles keys)
{
    private readonly ConcurrentDictionary<Guid, byte[]> peppers = new();

    public Guid Hash(Guid tenant, string channel, string normalForm)
    {
        var pepper = peppers.GetOrAdd(tenant, t => keys.Derive("pepper", "address", t));
        var text = $"{channel}|{normalForm}";
        Span<byte> room = stackalloc byte[512];
        ReadOnlySpan<byte> input = Encoding.UTF8.TryGetBytes(text, room, out var length) ? room[..length] : Encoding.UTF8.GetBytes(text);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(pepper, input, hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}

public sealed class WordKeys(AccountPeppers peppers, Tenant tenant) : IWordKeys
{
    // No channel is called so: a word is never the same as an address.
    public Guid Of(string word) => peppers.Hash(tenant.Id, "word", word);
}

public sealed class AddressKeys(AccountPeppers peppers, Tenant tenant) : IAddressKeys
{
    public Guid Of(string channel, string normalForm) => peppers.Hash(tenant.Id, channel, normalForm);

    public Guid Of(Guid tenant, string channel, string normalForm) => peppers.Hash(tenant, channel, normalForm);
}
