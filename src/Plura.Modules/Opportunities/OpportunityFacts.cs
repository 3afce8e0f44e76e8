using System.Globalization;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Opportunities;

/// <summary>What is known of an opportunity besides where it stands.</summary>
public sealed record OpportunityFacts(string Name, Guid ContactId, long? ValueMinor, string Currency, Guid? Owner, string Source, DateOnly? CloseOn, IReadOnlyDictionary<string, string> Fields)
{
    public static OpportunityFacts Of(Opportunity o) => new(o.Name, o.ContactId, o.ValueMinor, o.Currency, o.OwnerId, o.Source, o.CloseOn, o.Fields);

    /// <summary>Whether something that stages ask for is not known.</summary>
    public bool Lacks(StageNeed need) => need.Word switch
    {
        StageNeeds.Value => ValueMinor is null,
        StageNeeds.CloseDate => CloseOn is null,
        StageNeeds.Owner => Owner is null,
        StageNeeds.Source => Source.Length == 0,
        var word => StageNeeds.Key(word) is { } key && Fields.GetValueOrDefault(key, "").Length == 0,
    };

    public void Describe(Opportunity opportunity, DateTimeOffset now)
    {
        opportunity.Fill(Fields);
        opportunity.Describe(Name, ContactId, ValueMinor, Currency, Owner, Source, CloseOn, now);
    }
}

/// <summary>Facts as pages and the API give them: null leaves what was, empty text empties it.</summary>
public sealed record GivenFacts
{
    public string? Name { get; init; }

    public Guid? Contact { get; init; }

    public string? Value { get; init; }

    public long? ValueMinor { get; init; }

    public string? Currency { get; init; }

    public string? Owner { get; init; }

    public string? Source { get; init; }

    public string? CloseOn { get; init; }

    /// <summary>Of the account's own fields those that are given; an empty one is emptied.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Which required ones of them are insisted on.</summary>
    public Needed Needed { get; init; }
}

/// <summary>Reads given facts over those that stand, and says all that is wrong with them at once.</summary>
public sealed class FactReader(IContactDirectory contacts, IOwnFields ownFields, Owners owners)
{
    public async Task<Result<OpportunityFacts>> Read(OpportunityFacts before, GivenFacts given, CancellationToken ct)
    {
        var contact = given.Contact ?? before.ContactId;
        var stranger = contact != before.ContactId && !(await contacts.Cards([contact], ct)).ContainsKey(contact)
            ? OpportunityRefusals.NoContact : null;
        var currency = given.Currency?.Trim().ToUpperInvariant() ?? before.Currency;
        var noCurrency = Currencies.IsCurrency(currency) ? null : Refusal.Invalid("opportunity.currency", "A currency is three letters, for example EUR.", "Currency");
        var value = Value(before, given, currency);
        var closeOn = Day(before, given.CloseOn);
        // Somebody who has left keeps what nobody took over.
        var owner = given.Owner is null || string.Equals(given.Owner.Trim(), before.Owner?.ToString(), StringComparison.OrdinalIgnoreCase) ? before.Owner : await owners.Parse(given.Owner.Trim(), contact, ct);
        var name = given.Name?.Trim() ?? before.Name;
        var nameless = name.Length is > 0 and <= Opportunity.LongestName ? null : Refusal.Invalid("opportunity.name", $"Give the opportunity a name of at most {Opportunity.LongestName} characters.", "Name");
        var source = given.Source?.Trim() ?? before.Source;
        var longSource = source.Length <= Opportunity.LongestText ? null : Refusal.Invalid("opportunity.source", $"The source has at most {Opportunity.LongestText} characters.", "Source");
        var fields = await ownFields.Read(OpportunityValues.Opportunities, given.Fields, given.Needed, ct);
        if (Refusal.Together(nameless, stranger, value.Refusal, noCurrency, owner.Refusal, longSource, closeOn.Refusal, fields.Refusal) is { } refusal)
            return refusal;
        return new OpportunityFacts(name, contact, value.Value, currency, owner.Value, source, closeOn.Value, Over(before.Fields, fields.Value));
    }

    /// <summary>What the stage asks for and is not known.</summary>
    public async Task<IReadOnlyList<StageNeed>> Lacks(OpportunityFacts facts, Stage stage, CancellationToken ct)
    {
        var needs = stage.NeedsList();
        var own = needs.Any(n => StageNeeds.Key(n) is not null) ? await ownFields.Asked(OpportunityValues.Opportunities, ct) : [];
        return [.. StageNeed.Of(needs, own).Where(facts.Lacks)];
    }

    /// <summary>The facts of a card as they were before its last step, as far as nobody changed since what that filled in.</summary>
    public async Task<OpportunityFacts> Back(Opportunity card, CardBefore before, CancellationToken ct)
    {
        var facts = OpportunityFacts.Of(card);
        foreach (var (name, was) in before.Back(card))
        {
            facts = name switch
            {
                StageNeeds.Value => facts with { ValueMinor = was.Length == 0 ? null : long.Parse(was.Split(' ')[0], CultureInfo.InvariantCulture) },
                StageNeeds.CloseDate => facts with { CloseOn = was.Length == 0 ? null : DateOnly.ParseExact(was, "yyyy-MM-dd", CultureInfo.InvariantCulture) },
                StageNeeds.Source => facts with { Source = was },
                // Not to somebody who has left since, and not out of the sight of whoever takes it back.
                StageNeeds.Owner => await owners.Parse(was, card.ContactId, ct) is { Ok: true } owner ? facts with { Owner = owner.Value } : facts,
                _ => facts with { Fields = Over(facts.Fields, new Dictionary<string, string>(StringComparer.Ordinal) { [StageNeeds.Key(name) ?? name] = was }) },
            };
        }

        return facts;
    }

    /// <summary>The very same where nothing changes: facts are compared.</summary>
    private static IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> given)
    {
        if (given.All(g => before.GetValueOrDefault(g.Key, "") == g.Value))
            return before;
        var over = new Dictionary<string, string>(before, StringComparer.Ordinal);
        foreach (var (key, value) in given)
            over[key] = value;
        return over;
    }

    private static Result<long?> Value(OpportunityFacts before, GivenFacts given, string currency)
    {
        if (given.Value is null && given.ValueMinor is null)
            return before.ValueMinor is null || Say.MinorDigits(currency) == Say.MinorDigits(before.Currency) ? before.ValueMinor
                : Refusal.Invalid("opportunity.value_again", "Amounts in this currency have no cents, or the one before had none. Give the value too.", "Value");
        if (given.Value is { } text && text.Trim().Length == 0)
            return (long?)null;
        var minor = given.ValueMinor ?? Currencies.Parse(given.Value!.Trim(), currency);
        return minor is >= 0 and <= Amounts.Most ? minor : Refusal.Invalid("opportunity.value", "Write an amount, for example 1,250 or 1,250.50.", "Value");
    }

    private static Result<DateOnly?> Day(OpportunityFacts before, string? text)
    {
        if (text is null)
            return before.CloseOn;
        if (text.Trim().Length == 0)
            return (DateOnly?)null;
        return DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1990 and < 2200
            ? day : Refusal.Invalid("opportunity.close_on", "Write the day as year, month and day, for example 2026-12-31.", "CloseOn");
    }
}
