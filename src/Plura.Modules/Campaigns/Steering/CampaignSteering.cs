using Plura.Campaigns.Data;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>What pausing, resuming, cancelling and taking back have in common: find the campaign, refuse or change it, note who did it, save once.</summary>
public sealed class CampaignSteering(PluraDb db, Actor actor, LiveCampaigns live, TimeProvider clock)
{
    private const int Tries = 5;

    /// <param name="id">The campaign.</param>
    /// <param name="act">The word under which the story keeps it.</param>
    /// <param name="turn">Refuses, or calls the campaign's verb; leaves it alone where it is so already, because pressing twice is no mistake.</param>
    /// <param name="ct">Stops before the save.</param>
    /// <param name="then">What the sender must know of it, in the same commit: a process that dies between the two would leave a campaign that says one thing and does another.</param>
    public async Task<Refusal?> Steer(Guid id, string act, Func<Campaign, Refusal?> turn, CancellationToken ct, Func<Task>? then = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var refused = await Turn(id, act, turn, ct);
        if (refused is not null)
            return refused;
        if (then is not null)
            await then();
        await live.Changed(id, ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private async Task<Refusal?> Turn(Guid id, string act, Func<Campaign, Refusal?> turn, CancellationToken ct)
    {
        for (var left = Tries; ; left--)
        {
            var found = await db.FindCampaign(id, ct);
            if (found.Refusal is { } unknown)
                return unknown;
            var campaign = found.Value;
            var before = campaign.Version;
            if (turn(campaign) is { } refused)
                return refused;
            if (campaign.Version == before)
                return null;

            db.CampaignActs.Add(CampaignAct.Of(id, act, actor, clock.GetUtcNow()));
            var elsewhere = await db.SaveOrRefuse(ct);
            if (elsewhere is null || left == 1)
                return elsewhere;
            // The sender noted its progress at the same moment. A person's word counts: look again and say it again.
            db.ChangeTracker.Clear();
        }
    }
}
