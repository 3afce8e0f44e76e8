using Npgsql;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

public sealed class AppendOnlyTests(PluraApp app)
{
    public static readonly TheoryData<string> Tables = ["consent_event", "consent_member", "consent_wording", "decision", "audit_entry", "operator_audit_entry", "audit_link", "operator_audit_link"];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Neither_the_app_nor_the_owner_can_change_or_remove_a_row(string table)
    {
        var account = await app.NewAccount();
        await account.Says(Consents.NewAddress(), ConsentActs.Granted);
        foreach (var open in (NpgsqlConnection[])[await account.Open(), await app.OpenOwner(), await AsTableOwner()])
        {
            await using (open)
            {
                foreach (var sql in (string[])[$"update privacy.{table} set ctid = ctid", $"delete from privacy.{table}", $"truncate privacy.{table} cascade"])
                {
                    var refused = await Assert.ThrowsAsync<PostgresException>(() => open.Do(sql.Replace("set ctid = ctid", Column(table), StringComparison.Ordinal)));
                    Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
                }
            }
        }
    }

    private static string Column(string table) => table switch
    {
        "consent_member" => "set contact_id = contact_id",
        "consent_wording" => "set text = text",
        "decision" => "set outcome = outcome",
        "audit_link" or "operator_audit_link" => "set hash = hash",
        _ => "set act = act",
    };

    private async Task<NpgsqlConnection> AsTableOwner()
    {
        var open = await app.OpenOwner();
        await open.Do("set role plura_owner");
        return open;
    }
}
