using System.Globalization;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Opportunities;

/// <summary>The account's currency, and amounts as people write them.</summary>
public sealed class Amounts(IAccountDirectory accounts, Tenant tenant)
{
    public const long Most = 1_000_000_000_000_00;

    private string? currency;

    /// <summary>That of the country in which the business is.</summary>
    public async Task<string> Currency(CancellationToken ct) => currency ??= Currencies.Of((await accounts.Account(tenant.Id, ct))?.Country ?? "");

    /// <summary>As a field shows it again: figures only.</summary>
    public static string? Text(long? minor, string currency)
    {
        if (minor is not { } value)
            return null;
        var digits = Say.MinorDigits(currency);
        var part = (long)Math.Pow(10, digits);
        return value % part == 0
            ? (value / part).ToString(CultureInfo.InvariantCulture)
            : (value / (decimal)part).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Sums of several currencies side by side: <c>€1,200 + $300</c>; a dash where there is nothing.</summary>
    public static string Words(IEnumerable<(string Currency, long Minor)> sums)
    {
        var worth = sums.Where(s => s.Minor != 0).OrderByDescending(s => s.Minor).Select(s => Say.Money(s.Minor, s.Currency)).ToList();
        return worth.Count == 0 ? "–" : string.Join(" + ", worth);
    }
}
