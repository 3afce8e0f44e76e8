using System.Collections.Frozen;

namespace Plura.Accounts;

/// <summary>
/// The fifty thousand passwords that people choose most, packed at build from an npm package. Hardly any has fifteen characters, so the whole
/// alone would find nothing: people lengthen a short one by digits and signs at its ends, or write it twice. Those are looked up too.
/// </summary>
internal static class CommonPasswords
{
    private static readonly FrozenSet<string> All = Read();

    public static int Count => All.Count;

    public static bool LittleMoreThanOne(string password)
    {
        var whole = password.ToLowerInvariant();
        var stripped = whole.Trim([.. whole.Where(c => !char.IsLetter(c)).Distinct()]);
        return Forms(whole).Concat(Forms(stripped)).Any(All.Contains);
    }

    /// <summary>The text without blanks and signs between its parts, and what it repeats, where it repeats something.</summary>
    private static IEnumerable<string> Forms(string text)
    {
        yield return text;
        var bare = string.Concat(text.Where(char.IsLetterOrDigit));
        // Words in a row become no common password by leaving out the blanks; "pass word 1234" does.
        yield return bare;
        for (var length = 4; length <= bare.Length / 2; length++)
        {
            if (bare.Length % length == 0 && Enumerable.Range(0, bare.Length).All(i => bare[i] == bare[i % length]))
                yield return bare[..length];
        }
    }

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("passwords/common.txt");
        if (stream is null)
            return [];
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
