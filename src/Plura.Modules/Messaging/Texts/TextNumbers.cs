using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Plura.Accounts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>The operator's settings under <c>Sms</c>: the numbers that texts leave from.</summary>
public sealed class TextOptions
{
    public const string Section = "Sms";

    public IList<TextNumber> Numbers { get; init; } = [];
}

/// <summary><c>Sms__Numbers__0__…</c>: a number, how the carriers know it, and whose it is.</summary>
public sealed class TextNumber
{
    public string Number { get; set; } = "";

    /// <summary><c>long_code</c>, <c>toll_free</c> or <c>short_code</c>.</summary>
    public string Kind { get; set; } = "long_code";

    /// <summary>Of a long code: <c>pending</c>, <c>in_review</c>, <c>approved</c>, <c>failed</c>, <c>suspended</c>.</summary>
    public string Brand { get; set; } = "";

    /// <summary>Of a long code: <c>pending</c>, <c>verified</c>, <c>failed</c>, <c>suspended</c>.</summary>
    public string Campaign { get; set; } = "";

    /// <summary>Of a toll-free number or a short code: <c>pending</c>, <c>verified</c>, <c>failed</c>, <c>suspended</c>.</summary>
    public string Verification { get; set; } = "";

    /// <summary>The accounts that it belongs to, by their word in addresses; empty: whoever has none of their own.</summary>
    public IList<string> Accounts { get; init; } = [];

    /// <summary>How many texts a minute it may send; by itself what carriers take of its kind.</summary>
    public int? PerMinute { get; set; }

    /// <summary>It has sent large numbers before, elsewhere: it begins without small steps.</summary>
    public bool Warm { get; set; }

    /// <summary>Carriers take one text a second from a long code, three from a toll-free number, a hundred from a short code.</summary>
    internal PaceOfNumber Pace => new(Number, PerMinute ?? Kind switch { "short_code" => 6_000, "toll_free" => 180, _ => 60 }, Warm || Kind == "short_code");

    public SendingNumber Registered => new(Kind, Standing(Brand) ?? "", Standing(Campaign) ?? "", Standing(Verification) ?? "");

    /// <summary>Our word for what the carriers' registries say, in their own words or in ours; null for a word that nobody knows.</summary>
    internal static string? Standing(string theirs) => theirs.Trim().ToUpperInvariant().Replace(' ', '_') switch
    {
        "" => "",
        "PENDING" or "IN_PROGRESS" or "DRAFT" => "pending",
        "IN_REVIEW" or "PENDING_REVIEW" => "in_review",
        "APPROVED" or "REGISTERED" => "approved",
        "VERIFIED" or "ACTIVE" or "TWILIO_APPROVED" => "verified",
        "FAILED" or "REGISTRATION_FAILED" or "REJECTED" or "TWILIO_REJECTED" or "EXPIRED" or "DELETED" => "failed",
        "SUSPENDED" => "suspended",
        _ => null,
    };
}

/// <summary>Refuses to start with a number that could never send.</summary>
public sealed class CheckTextOptions : IValidateOptions<TextOptions>
{
    private static readonly string[] Kinds = ["long_code", "toll_free", "short_code"];

    public ValidateOptionsResult Validate(string? name, TextOptions options)
    {
        foreach (var number in options.Numbers)
        {
            if (E164.Of(number.Number) != number.Number)
                return ValidateOptionsResult.Fail($"Sms__Numbers: “{number.Number}” is not a number like +14155550123.");
            if (!Kinds.Contains(number.Kind, StringComparer.Ordinal))
                return ValidateOptionsResult.Fail($"Sms__Numbers: the kind of {number.Number} must be long_code, toll_free or short_code.");
            if (((string[])[number.Brand, number.Campaign, number.Verification]).FirstOrDefault(w => TextNumber.Standing(w) is null) is { } word)
                return ValidateOptionsResult.Fail($"Sms__Numbers: “{word}” of {number.Number} is no standing. Write pending, in_review, approved, verified, failed or suspended.");
            if (number.PerMinute is < 1 or > 60_000)
                return ValidateOptionsResult.Fail($"Sms__Numbers: PerMinute of {number.Number} must lie between 1 and 60000.");
        }

        return ValidateOptionsResult.Success;
    }
}

/// <summary>Which number an account's texts leave from, and whose accounts a number is. A number may be shared; then a STOP counts for all of them.</summary>
public sealed class TextNumbers(IOptions<TextOptions> options, IEnumerable<ITextTransport> transports, PluraDb db, IAccountDirectory accounts, IHostEnvironment environment, TimeProvider clock)
{
    /// <summary>In development texts leave from here where no number is set: it reaches nobody.</summary>
    public static readonly TextNumber Development = new() { Number = "+15005550006", Kind = "development" };

    public TextNumber? Of(AccountCard account)
    {
        var numbers = options.Value.Numbers;
        return numbers.FirstOrDefault(n => n.Accounts.Contains(account.Slug, StringComparer.Ordinal))
            ?? numbers.FirstOrDefault(n => n.Accounts.Count == 0)
            ?? (numbers.Count == 0 && environment.IsDevelopment() ? Development : null);
    }

    /// <summary>How the carriers know a number of ours; null where it is none, or not any more.</summary>
    public SendingNumber? Registered(string number) => Find(number) is { } found ? found.Registered with { OneWay = transports.FirstOrDefault() is { BringsAnswers: false } } : null;

    /// <summary>How fast it may send; null for one that reaches nobody.</summary>
    public PaceOfNumber? Pace(string number) => Find(number) is { Kind: not "development" } found ? found.Pace : null;

    private TextNumber? Find(string number) => number == Development.Number && options.Value.Numbers.Count == 0 ? Development : options.Value.Numbers.FirstOrDefault(n => n.Number == number);

    /// <summary>The accounts that share the number: those that it is given to, and all that ever wrote a text to be sent from it. Theirs first whose it is.</summary>
    public async Task<IReadOnlyList<Guid>> Sharing(string number, CancellationToken ct)
    {
        var sharing = new List<Guid>();
        foreach (var slug in options.Value.Numbers.Where(n => n.Number == number).SelectMany(n => n.Accounts))
        {
            if (await accounts.AccountBySlug(slug, ct) is { } account)
                sharing.Add(account.Id);
        }

        sharing.AddRange(await db.TextNumberUses.AsNoTracking().Where(u => u.Number == number).OrderBy(u => u.Since).ThenBy(u => u.AccountId).Select(u => u.AccountId).ToListAsync(ct));
        // A phone that is played before anybody has texted writes to the demo.
        if (sharing.Count == 0 && Find(number) is { Kind: "development" } && await accounts.AccountBySlug(IDemoAccount.Slug, ct) is { } demo)
            sharing.Add(demo.Id);
        return [.. sharing.Distinct()];
    }

    /// <summary>Notes, once, that this scope's account writes from the number.</summary>
    public Task Use(string number, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        insert into messaging.text_number_use (number, account_id, since) values ({number}, {db.Tenant.Id}, {clock.GetUtcNow()}) on conflict do nothing
        """, ct);
}
