using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Links in letters by which somebody may act without a sign-in: the id of what it is about, and a key that only this installation can make.
/// Nothing secret is stored, so a copy of the database opens nothing.
/// </summary>
public sealed class LetterKeys(KeyFiles keys, IConfiguration configuration)
{
    public string Root => (configuration["Plura:PublicUrl"] ?? "http://localhost:5080").TrimEnd('/');

    /// <param name="path">The page, which is also what the key is for: no key opens another page.</param>
    /// <param name="id">What it is about.</param>
    /// <param name="bound">The key is worth nothing once this has changed.</param>
    public string Link(string path, Guid id, string? bound = null) => $"{Root}{path}?id={id}&key={Key(path, id, bound)}";

    public bool Fits(string? key, string path, Guid id, string? bound = null) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key ?? ""), Encoding.UTF8.GetBytes(Key(path, id, bound)));

    private string Key(string path, Guid id, string? bound) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(keys.Derive("link", "accounts" + path), Encoding.UTF8.GetBytes($"{id}:{bound}")));
}
