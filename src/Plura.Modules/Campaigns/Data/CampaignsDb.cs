using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Campaigns.Data;

public static class CampaignsDb
{
    extension(PluraDb db)
    {
        public DbSet<Campaign> Campaigns => db.Set<Campaign>();

        public DbSet<CampaignAct> CampaignActs => db.Set<CampaignAct>();

        /// <summary>The account's campaign of this id, or the refusal that there is none.</summary>
        public async Task<Result<Campaign>> FindCampaign(Guid id, CancellationToken ct) =>
            await db.Set<Campaign>().FirstOrDefaultAsync(c => c.Id == id, ct) is { } found
                ? found
                : Refusal.NotFound("campaign.unknown", "There is no such campaign. It may have been deleted.");

        /// <summary>Saves; answers a refusal where somebody else changed the campaign meanwhile.</summary>
        public async Task<Refusal?> SaveOrRefuse(CancellationToken ct)
        {
            try
            {
                await db.SaveChangesAsync(ct);
                return null;
            }
            catch (DbUpdateConcurrencyException)
            {
                return CampaignRefusals.ChangedElsewhere;
            }
        }
    }
}

public static class CampaignRefusals
{
    public static Refusal ChangedElsewhere => Refusal.Conflict(
        "campaign.changed_elsewhere",
        "This campaign was changed in another window while you had it open. Nothing of yours is lost: your text is still here, not saved yet.");
}
