using System.Globalization;
using PhoneNumbers;

namespace Plura.Contacts;

/// <summary>The one written form under which an address is matched. Null where the text is not an address.</summary>
public static class AddressForms
{
    private const int LongestEmail = 254;
    private const int LongestLocal = 64;
    private const string LocalSigns = "!#$%&'*+-/=?^_`{|}~.";
    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    /// <summary>Trimmed, lower case, an international domain in its ASCII form.</summary>
    public static string? Email(string? text)
    {
        var address = text?.Trim().Normalize(System.Text.NormalizationForm.FormC).ToLowerInvariant() ?? "";
        var at = address.LastIndexOf('@');
        if (at < 1 || at > LongestLocal)
            return null;
        var local = address[..at];
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal) || !local.All(IsLocal))
            return null;
        return Domain(address[(at + 1)..]) is { } domain && local.Length + 1 + domain.Length <= LongestEmail ? $"{local}@{domain}" : null;
    }

    /// <param name="region">The account's country, in which a number without a country code is read.</param>
    public static string? Phone(string? text, string region)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40)
            return null;
        try
        {
            var number = Phones.Parse(text, region.ToUpperInvariant());
            // "Possible", not "valid": the table of assigned ranges is always behind, and a wrong refusal loses a customer.
            return Phones.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE
                ? Phones.Format(number, PhoneNumberFormat.E164)
                : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static bool IsLocal(char letter) => char.IsLetterOrDigit(letter) || LocalSigns.Contains(letter);

    private static string? Domain(string domain)
    {
        if (domain.Length > 253 || domain.AsSpan().ContainsAny(" \t\r\n@"))
            return null;
        try
        {
            domain = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }

        var labels = domain.Split('.');
        return labels.Length >= 2 && labels.All(l => l.Length is > 0 and <= 63) && labels[^1].Any(char.IsAsciiLetter) ? domain : null;
    }
}
