using System.Text;

namespace Plura.Contacts.Data;

/// <summary>The two stored texts of a contact. The import writes the same ones, so their making stands in one place.</summary>
public static class ContactText
{
    private const int LongestSearch = 2000;
    private const int FewestPhoneDigits = 5;

    /// <summary>What people see: the name, else the company, else an address.</summary>
    public static string Name(string first, string last, string company, string? address)
    {
        var name = $"{first} {last}".Trim();
        return name.Length > 0 ? name : company.Length > 0 ? company : address ?? "";
    }

    public static string Sort(string first, string last, string company, string? address) => Fold(Name(first, last, company, address));

    public static string Search(string first, string last, string company, IEnumerable<string> emails, IEnumerable<string> phones)
    {
        var text = Fold(string.Join(' ', new[] { first, last, company }.Concat(emails).Concat(phones).Where(t => t.Length > 0)));
        return text.Length > LongestSearch ? text[..LongestSearch] : text;
    }

    /// <summary>The words of a search, as <see cref="Search"/> writes them.</summary>
    public static string[] Words(string text) =>
        Fold(text.Replace("\0", "", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The digits by which a phone number is found that was typed as people write it at home, "030 123 45-67" for "+49301234567"; null where the text is none.</summary>
    public static string? PhoneDigits(string text)
    {
        if (text.Any(c => !char.IsAsciiDigit(c) && !" +-./()\u00a0".Contains(c, StringComparison.Ordinal)))
            return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.Length >= FewestPhoneDigits ? digits : null;
    }

    /// <summary>
    /// Lower case without accents, so that "muller" finds "Müller" and "gross" finds "Groß". The SQL function <c>contacts.fold</c> does the same.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (letter is < '\u0300' or > '\u036f')
                folded.Append(letter);
        }

        var lower = folded.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
        folded.Clear();
        foreach (var letter in lower)
        {
            // Letters that Unicode does not take apart.
            _ = letter switch
            {
                'ß' => folded.Append("ss"),
                'æ' => folded.Append("ae"),
                'œ' => folded.Append("oe"),
                'þ' => folded.Append("th"),
                'ø' => folded.Append('o'),
                'đ' or 'ð' => folded.Append('d'),
                'ł' => folded.Append('l'),
                'ħ' => folded.Append('h'),
                'ŧ' => folded.Append('t'),
                'ŋ' => folded.Append('n'),
                'ı' => folded.Append('i'),
                _ => folded.Append(letter),
            };
        }

        return folded.ToString();
    }
}
