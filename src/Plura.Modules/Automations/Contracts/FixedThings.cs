using System.Security.Cryptography;
using System.Text;

namespace Plura.Automations.Contracts;

/// <summary>Ids for things that have a word and no row: channels, a contact's own facts. The same everywhere and for ever (<c>automations.thing</c> in SQL).</summary>
public static class FixedThings
{
    public static Guid Id(string kind, string word) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{word}")).AsSpan(0, 16), bigEndian: true);
}
