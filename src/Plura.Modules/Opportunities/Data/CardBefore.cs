using System.Globalization;
using System.Text.Json;

namespace Plura.Opportunities.Data;

/// <summary>
/// What the last step of a card changed besides its stage and how it stands, and what was there before: by this it is taken back exactly. It stands with the
/// card and not in the step, which is never changed: a reason is what somebody wrote of somebody, and goes with the card.
/// </summary>
/// <param name="Number">The step's.</param>
/// <param name="Reason">Why it was lost or given up before the step.</param>
/// <param name="ClosedAt">When that was.</param>
/// <param name="Facts">By their names: only those that the step changed.</param>
public sealed record CardBefore(int Number, string? Reason, DateTimeOffset? ClosedAt, IReadOnlyDictionary<string, CardFact> Facts)
{
    /// <summary>Of a card that is about to take a step.</summary>
    public static CardBefore Of(Opportunity card) =>
        new(card.Version, card.Reason, card.ClosedAt, Texts(card).ToDictionary(t => t.Key, t => new CardFact(t.Value, t.Value), StringComparer.Ordinal));

    public static CardBefore? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<CardBefore>(json);

    /// <summary>The same once the card has taken it: of the facts those remain that it changed.</summary>
    public CardBefore Until(Opportunity card)
    {
        var now = Texts(card);
        return this with
        {
            Facts = Facts.Keys.Union(now.Keys, StringComparer.Ordinal)
                .Select(name => (Name: name, Fact: new CardFact(Facts.TryGetValue(name, out var was) ? was.Was : "", now.GetValueOrDefault(name, ""))))
                .Where(f => f.Fact.Was != f.Fact.Came).ToDictionary(f => f.Name, f => f.Fact, StringComparer.Ordinal),
        };
    }

    /// <summary>What was there before of those facts that nobody changed since; empty where nothing was.</summary>
    public IEnumerable<(string Name, string Was)> Back(Opportunity card)
    {
        var now = Texts(card);
        return Facts.Where(f => f.Value.Came == now.GetValueOrDefault(f.Key, "")).Select(f => (f.Key, f.Value.Was));
    }

    public string Json() => JsonSerializer.Serialize(this);

    private static Dictionary<string, string> Texts(Opportunity card)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [StageNeeds.Value] = card.ValueMinor is { } minor ? string.Create(CultureInfo.InvariantCulture, $"{minor} {card.Currency}") : "",
            [StageNeeds.CloseDate] = card.CloseOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            [StageNeeds.Owner] = card.OwnerId?.ToString() ?? "",
            [StageNeeds.Source] = card.Source,
        };
        foreach (var (key, value) in card.Fields)
            texts[StageNeeds.Own + key] = value;
        return texts;
    }
}

/// <param name="Was">Before the step, as text; empty where nothing was.</param>
/// <param name="Came">After it.</param>
public sealed record CardFact(string Was, string Came);
