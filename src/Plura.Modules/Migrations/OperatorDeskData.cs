namespace Plura.Migrations;

/// <summary>What the migration of the operator's desk moves. Call it at the end of its Up: <c>migrationBuilder.Sql(OperatorDeskData.Sql)</c>.</summary>
internal static class OperatorDeskData
{
    public const string Sql = """
        -- Until now the agency's pause and the operator's stop shared one mark; a pause has a row, so a mark without one was the operator's.
        with stopped as (
            update accounts.account a set stopped_at = a.suspended_at, suspended_at = null
            where a.suspended_at is not null and not exists (select from accounts.account_pause p where p.account_id = a.id and p.resumed_at is null)
            returning a.id, a.stopped_at)
        insert into accounts.account_stop (id, account_id, kind, codes, reason, at, version)
        select gen_random_uuid(), id, 'stopped', 'operator', 'Whoever runs this installation stopped the sending of this account.', stopped_at, 1 from stopped;

        -- Accounts that have sent before do not begin anew with small numbers.
        insert into privacy.warm_up_day (tenant_id, day, allowed, put_off)
        select d.tenant_id, (d.at at time zone a.time_zone)::date, count(distinct d.send_id), 0
        from privacy.decision d join accounts.account a on a.id = d.tenant_id
        where d.outcome = 'allow' and d.category = 'marketing' and d.at > now() - interval '60 days'
        group by 1, 2;

        -- The demo's story is a practice that has written to its patients for years.
        update accounts.account set vouched_at = created_at where slug = 'demo';
        """;
}
