using System.Text;

namespace Plura.Contacts.Data;

/// <summary>The two stored texts of a contact. The import writes the same ones, so their making stands in one place.</summary>
public static class ContactText
{
    private const int LongestSearch = 2000;

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

    /// <summary>Lower case without accents, so that "muller" finds "Müller". The SQL function <c>contacts.fold</c> does the same.</summary>
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

        return folded.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }
}
