using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>The opportunities of somebody who left go to whoever takes over, if anybody does.</summary>
[Work("Handing over the opportunities of somebody who left")]
public sealed class WhenMemberRemoved(PluraDb db, ILive live, TimeProvider clock) : ISubscriber<MemberRemoved>
{
    public async Task When(MemberRemoved news, CancellationToken ct)
    {
        if (news.HandTo is not { } next)
            return;
        var now = clock.GetUtcNow();
        var theirs = db.Opportunities.Where(o => o.OwnerId == news.UserId);
        var boards = await theirs.Select(o => o.PipelineId).Distinct().ToListAsync(ct);
        await theirs.ExecuteUpdateAsync(o => o.SetProperty(x => x.OwnerId, next).SetProperty(x => x.UpdatedAt, now).SetProperty(x => x.Version, x => x.Version + 1), ct);
        foreach (var pipeline in boards)
            await live.Changed(BoardNews.Topic(pipeline), ct);
    }
}
