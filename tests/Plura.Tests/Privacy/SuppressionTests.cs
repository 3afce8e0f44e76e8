using Microsoft.Extensions.DependencyInjection;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

public sealed class SuppressionTests(PluraApp app)
{
    [Fact]
    public async Task A_hard_bounce_can_be_lifted_and_both_stand_in_the_ledger()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await Block(account, person, SuppressionReasons.HardBounce);
        Assert.True((await Lift(account, person)).Ok);
        var history = await account.In(s => s.GetRequiredService<IConsentLedger>().History([person], null, 10, CancellationToken.None));
        Assert.Equal([ConsentActs.Lifted, ConsentActs.Suppressed], history.Items.Select(i => i.Act));
        Assert.Equal("suppression.none", (await Lift(account, person)).Refusal?.Code);
    }

    [Theory]
    [InlineData(SuppressionReasons.Complaint)]
    [InlineData(SuppressionReasons.Erased)]
    public async Task A_complaint_or_an_erasure_is_not_the_accounts_to_lift(string reason)
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await Block(account, person, SuppressionReasons.HardBounce);
        await Block(account, person, reason);
        await Block(account, person, SuppressionReasons.HardBounce);
        Assert.Equal($"suppression.{reason}", (await Lift(account, person)).Refusal?.Code);
    }

    [Theory]
    [InlineData(SuppressionReasons.Complaint)]
    [InlineData(SuppressionReasons.Erased)]
    public async Task Only_the_button_in_a_mail_to_the_address_itself_brings_such_a_person_back(string reason)
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await Block(account, person, reason);
        await account.Says(person, ConsentActs.Granted);
        Assert.Equal("deny", (await account.Asks(Consents.Question(person))).Outcome);
        await account.Says(person, ConsentActs.Granted, ConsentDoors.DoubleOptIn);
        Assert.Equal("allow", (await account.Asks(Consents.Question(person))).Outcome);
        var history = await account.In(s => s.GetRequiredService<IConsentLedger>().History([person], null, 10, CancellationToken.None));
        Assert.Equal([ConsentActs.Lifted, ConsentActs.Granted, ConsentActs.Granted, ConsentActs.Suppressed], history.Items.Select(i => i.Act));
    }

    [Fact]
    public async Task An_import_neither_lifts_a_block_nor_counts_who_complained()
    {
        var account = await app.NewAccount();
        Guid bounced = Consents.NewAddress(), complained = Consents.NewAddress(), left = Consents.NewAddress(), fine = Consents.NewAddress();
        await Block(account, bounced, SuppressionReasons.HardBounce);
        await Block(account, complained, SuppressionReasons.Complaint);
        await account.Says(left, ConsentActs.Withdrawn, ConsentDoors.OneClick);
        var blocked = await account.InTransaction(async (services, connection) =>
        {
            await connection.Do("create temporary table consent_members (address_key uuid, contact_id uuid) on commit drop");
            await connection.Do("insert into consent_members select a, a from unnest($1) a", new[] { bounced, complained, left, fine });
            return await services.GetRequiredService<ISuppression>().Blocked(connection, Channels.Email, CancellationToken.None);
        });
        Assert.Equal(
            new Dictionary<Guid, string> { [bounced] = SuppressionReasons.HardBounce, [complained] = SuppressionReasons.Complaint, [left] = ConsentActs.Withdrawn },
            blocked);
        Assert.Equal(2, await account.Imports(Consents.NewAddress(), [bounced, complained, left, fine]));
        Assert.Equal("hard_bounce", (await account.Asks(Consents.Question(bounced))).Decisive?.Rule);
    }

    private static Task Block(TestAccount account, Guid person, string reason) =>
        account.In(s => s.GetRequiredService<ISuppression>().Add(person, Channels.Email, reason, "550 5.1.1", CancellationToken.None));

    private static Task<Plura.Platform.Result> Lift(TestAccount account, Guid person) =>
        account.In(s => s.GetRequiredService<ISuppression>().Lift(person, Channels.Email, CancellationToken.None));
}
