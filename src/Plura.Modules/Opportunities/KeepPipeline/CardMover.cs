using Microsoft.EntityFrameworkCore;
using Plura.Opportunities.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Moves all cards of a stage that goes away: one statement, however many, each with its line of history.</summary>
public sealed class CardMover(PluraDb db, Actor actor)
{
    public async Task Move(Stage from, Stage to, DateTimeOffset now, CancellationToken ct)
    {
        var moved = await db.Database.SqlQuery<Guid>($"""
            with old as (
                select id, status, stage_since, version from opportunities.opportunity where tenant_id = {db.Tenant.Id} and stage_id = {from.Id} for update),
            moved as (
                update opportunities.opportunity o set pipeline_id = {to.PipelineId}, stage_id = {to.Id}, stage_since = {now}, updated_at = {now}, before = null, version = o.version + 1
                from old where o.tenant_id = {db.Tenant.Id} and o.id = old.id
                returning o.id, old.status, old.stage_since as since, old.version as number)
            insert into opportunities.opportunity_step (tenant_id, id, opportunity_id, number, at, by, by_id, what, from_stage_id, from_stage, to_stage_id, to_stage, from_status, to_status, since)
            select {db.Tenant.Id}, gen_random_uuid(), id, number, {now}, {actor.Name}, {actor.Id}::uuid, {OpportunityStep.Moved}, {from.Id}, {from.Name}, {to.Id}, {to.Name}, status, status, since from moved
            returning opportunity_id as "Value"
            """).ToListAsync(ct);
        var contacts = await db.Opportunities.AsNoTracking().Where(o => moved.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.ContactId, ct);
        foreach (var id in moved)
            db.Publish(new OpportunityStageChanged(id, contacts[id], from.Id, to.Id));
    }
}
