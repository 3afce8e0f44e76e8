using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Privacy;
using Plura.Privacy.Contracts;
using Plura.Privacy.Data;

namespace Plura.Tests.Privacy;

public sealed class GateTests(PluraApp app)
{
    [Fact]
    public async Task A_marketing_message_with_permission_may_go_and_says_whose()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Granted);
        var decision = await account.Asks(Consents.Question(person));
        Assert.Equal("allow", decision.Outcome);
        Assert.Equal(GateRules.All.Select(r => r.Word), decision.Reasons.Select(r => r.Rule));
        Assert.Equal("Form: Newsletter", decision.Reasons.Single(r => r.Rule == "no_consent").Facts["source"]);
        Assert.Equal("Sent: they gave permission on 2 November 2026 (Form: Newsletter).", GateWords.Sentence(decision));
        var stored = await account.In(s => s.GetRequiredService<IGate>().Find(decision.Id, CancellationToken.None));
        Assert.Equivalent(decision.Reasons, stored?.Reasons);
    }

    [Theory]
    [InlineData(Categories.Marketing, "no_consent")]
    [InlineData(Categories.ConsentRequest, null)]
    [InlineData(Categories.Transactional, null)]
    [InlineData(Categories.Security, null)]
    public async Task Without_permission_only_marketing_is_refused(string category, string? rule) =>
        Assert.Equal(rule, (await (await app.NewAccount()).Asks(Consents.Question(Consents.NewAddress(), category))).Decisive?.Rule);

    [Theory]
    [InlineData(Categories.Marketing, "opted_out")]
    [InlineData(Categories.ConsentRequest, null)]
    [InlineData(Categories.Transactional, null)]
    [InlineData(Categories.Security, null)]
    public async Task Who_unsubscribed_gets_no_marketing_but_still_gets_a_password_reset(string category, string? rule)
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Withdrawn, ConsentDoors.OneClick);
        var decision = await account.Asks(Consents.Question(person, category));
        Assert.Equal(rule, decision.Decisive?.Rule);
        if (rule is not null)
            Assert.Equal("Not sent: they unsubscribed on 2 November 2026 by the link in Spring offer.", GateWords.Sentence(decision, letter: "Spring offer"));
    }

    [Theory]
    [InlineData(SuppressionReasons.HardBounce, Categories.Security, "hard_bounce")]
    [InlineData(SuppressionReasons.Complaint, Categories.Marketing, "complaint")]
    [InlineData(SuppressionReasons.Complaint, Categories.Security, null)]
    [InlineData(SuppressionReasons.Erased, Categories.Transactional, "suppressed")]
    [InlineData(SuppressionReasons.Erased, Categories.ConsentRequest, null)]
    [InlineData(SuppressionReasons.Restricted, Categories.ConsentRequest, "suppressed")]
    [InlineData(SuppressionReasons.Restricted, Categories.Transactional, "suppressed")]
    [InlineData(SuppressionReasons.Blocked, Categories.Security, "suppressed")]
    public async Task A_blocked_address_gets_nothing_that_its_block_covers(string reason, string category, string? rule)
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Granted);
        await account.In(s => s.GetRequiredService<ISuppression>().Add(person, Channels.Email, reason, "550 5.1.1", CancellationToken.None));
        Assert.Equal(rule, (await account.Asks(Consents.Question(person, category))).Decisive?.Rule);
    }

    [Fact]
    public async Task What_the_question_itself_says_can_forbid_it_and_every_reason_is_listed()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        var decision = await account.Asks(Consents.Question(person) with { AccountSuspended = true, Minor = true, Transport = null, HasPostalAddress = false, HasAddress = false });
        Assert.Equal("account_suspended", decision.Decisive?.Rule);
        Assert.Equal(
            ["account_suspended", "minor", "no_consent", "no_address", "content", "no_transport"],
            decision.Reasons.Where(r => r.Outcome == "deny").Select(r => r.Rule));
        Assert.All(decision.Reasons.Where(r => r.Outcome == "deny"), r => Assert.DoesNotContain('_', GateWords.Because(r)));
    }

    [Fact]
    public async Task A_permission_of_which_nobody_knows_the_origin_is_none()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.In(s => s.GetRequiredService<IConsentLedger>().Append(
            new ConsentEntry { AddressKey = person, Channel = Channels.Email, Act = ConsentActs.Attested, How = ConsentDoors.Api }, CancellationToken.None));
        var decision = await account.Asks(Consents.Question(person));
        Assert.Equal("no_proof", decision.Decisive?.Facts["why"]);
    }

    [Fact]
    public async Task The_accounts_own_limit_holds_back_what_would_be_too_much()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Granted);
        await account.In(async s =>
        {
            var db = s.GetRequiredService<PluraDb>();
            db.GateSettings.Add(GateSetting.Of(messages: 2, days: 7));
            await db.SaveChangesAsync();
        });
        Assert.Equal(["allow", "allow", "deny"], [(await account.Asks(Consents.Question(person))).Outcome, (await account.Asks(Consents.Question(person))).Outcome, (await account.Asks(Consents.Question(person))).Outcome]);
        Assert.Equal("allow", (await account.Asks(Consents.Question(person, Categories.Transactional))).Outcome);
    }

    [Fact]
    public async Task A_message_that_is_tried_again_does_not_stand_in_its_own_way()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Granted);
        await account.In(async s =>
        {
            var db = s.GetRequiredService<PluraDb>();
            db.GateSettings.Add(GateSetting.Of(messages: 1, days: 7));
            await db.SaveChangesAsync();
        });
        var message = Consents.Question(person);
        Assert.Equal(["allow", "allow"], [(await account.Asks(message)).Outcome, (await account.Asks(message)).Outcome]);
        Assert.Equal("frequency", (await account.Asks(Consents.Question(person))).Decisive?.Rule);
    }

    [Fact]
    public async Task The_operator_can_stop_all_sending()
    {
        await using var home = await app.Another("--Plura:Roles=web", "--Plura:Sending:Stopped=Moving to a new server");
        var account = await home.NewAccount();
        Assert.Equal("platform_stopped", (await account.Asks(Consents.Question(Consents.NewAddress(), Categories.Security))).Decisive?.Rule);
    }

    [Fact]
    public async Task A_preview_says_the_same_and_stores_nothing()
    {
        var account = await app.NewAccount();
        Guid yes = Consents.NewAddress(), no = Consents.NewAddress();
        await account.Imports(Consents.NewAddress(), [yes]);
        var preview = await account.InTransaction((s, c) => s.GetRequiredService<IGate>().Preview(c, [Consents.Question(yes), Consents.Question(no)], CancellationToken.None).ToListAsync().AsTask());
        Assert.Equal(["allow", "deny"], preview.Select(p => p.Outcome));
        Assert.Equal(0, await account.Ask<long>("select count(*) from privacy.decision"));
    }

    [Fact]
    public async Task A_batch_is_stored_whole_with_what_each_was_asked_about()
    {
        var account = await app.NewAccount();
        var people = Enumerable.Range(0, 64).Select(_ => Consents.NewAddress()).ToList();
        await account.Imports(Consents.NewAddress(), people.Take(40));
        var decisions = await account.InTransaction((s, c) => s.GetRequiredService<IGate>().Decide(c, [.. people.Select(p => Consents.Question(p))], CancellationToken.None));
        Assert.Equal((40, 24), (decisions.Count(d => d.Outcome == "allow"), decisions.Count(d => d.Outcome == "deny")));
        Assert.Equal(64, await account.Ask<long>("select count(*) from privacy.decision where address_key = contact_id and category = 'marketing' and jsonb_array_length(reasons) > 5"));
    }
}
