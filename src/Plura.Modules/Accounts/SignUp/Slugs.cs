using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Turns a business's name into its address in the app: <c>Bäckerei Huber</c> → <c>backerei-huber</c>.</summary>
public sealed class Slugs(PluraDb db)
{
    public async Task<string> Free(string name, CancellationToken ct)
    {
        var wanted = Of(name);
        var stem = wanted + "-";
        var taken = await db.Accounts.Where(a => a.Slug == wanted || a.Slug.StartsWith(stem)).Select(a => a.Slug)
            .Concat(db.Agencies.Where(a => a.Slug == wanted || a.Slug.StartsWith(stem)).Select(a => a.Slug)).ToListAsync(ct);
        if (!taken.Contains(wanted, StringComparer.Ordinal))
            return wanted;
        return Enumerable.Range(2, int.MaxValue - 2).Select(n => $"{wanted}-{n}").First(s => !taken.Contains(s, StringComparer.Ordinal));
    }

    private static string Of(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "account" : text[..Math.Min(40, text.Length)].Trim('-');
    }
}
