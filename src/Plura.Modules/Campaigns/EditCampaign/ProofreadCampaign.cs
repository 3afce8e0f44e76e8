using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>Reads the words of a draft while it is being written. It may be saved whatever is wrong with it: nothing is lost.</summary>
public sealed class ProofreadCampaignHandler(ISendLedger ledger, Composer composer)
{
    public async Task<Result<Proof>> Handle(CampaignDraft draft, CancellationToken ct)
    {
        if (draft.Invalid() is { } invalid)
            return invalid;
        var letter = await composer.Letter(draft, ct);
        if (ledger.Check(letter) is { } wrong)
            return new Proof(wrong.Fields, Stops: true);
        var unknown = await ledger.UnknownFields(letter, ct);
        return new Proof(
            unknown.GroupBy(p => p.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(p => p.Text).ToArray(), StringComparer.Ordinal),
            Stops: unknown.Any(p => !p.HasFallback));
    }
}

/// <param name="Problems">Sentences, by the field they belong beside.</param>
/// <param name="Stops">The letter cannot be sent like this.</param>
public sealed record Proof(IReadOnlyDictionary<string, string[]> Problems, bool Stops)
{
    public static Proof Clean { get; } = new(new Dictionary<string, string[]>(StringComparer.Ordinal), Stops: false);
}
