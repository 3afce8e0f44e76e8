using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

public sealed class ConsentLedgerTests(PluraApp app)
{
    [Fact]
    public async Task Acts_are_numbered_without_gaps_and_each_carries_the_hash_of_the_one_before()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        Assert.Equal(1, (await account.Says(person, ConsentActs.Granted)).Sequence);
        Assert.Equal(2, (await account.Says(person, ConsentActs.Withdrawn, ConsentDoors.OneClick)).Sequence);
        Assert.Equal(3, (await account.Says(person, ConsentActs.Granted)).Sequence);
        Assert.Equal(3, await account.Ask<long>("select count(*) from privacy.consent_event e where coalesce((select p.hash from privacy.consent_event p where p.seq = e.seq - 1), decode(repeat('00', 32), 'hex')) = e.prev_hash"));
    }

    [Fact]
    public async Task The_latest_act_of_the_topic_or_of_everything_counts()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Granted);
        await account.Says(person, ConsentActs.Withdrawn, ConsentDoors.PreferencePage, topic: "offers");
        Assert.Equal("deny", (await account.Asks(Consents.Question(person, topic: "offers"))).Outcome);
        Assert.Equal("allow", (await account.Asks(Consents.Question(person, topic: "news"))).Outcome);

        await account.Says(person, ConsentActs.Withdrawn, ConsentDoors.OneClick);
        Assert.Equal("deny", (await account.Asks(Consents.Question(person, topic: "news"))).Outcome);
        await account.Says(person, ConsentActs.Granted, ConsentDoors.PreferencePage, topic: "news");
        Assert.Equal("allow", (await account.Asks(Consents.Question(person, topic: "news"))).Outcome);
        Assert.Equal("deny", (await account.Asks(Consents.Question(person, topic: "offers"))).Outcome);
    }

    [Theory]
    [InlineData(ConsentActs.Attested, ConsentDoors.Import)]
    [InlineData(ConsentActs.Granted, ConsentDoors.Api)]
    [InlineData(ConsentActs.Granted, ConsentDoors.Staff)]
    public async Task What_the_account_says_never_overrides_the_persons_own_refusal(string act, string how)
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Withdrawn, ConsentDoors.OneClick);
        await account.Says(person, act, how);
        Assert.Equal(ConsentActs.Withdrawn, await account.Holds(person));
        await account.Says(person, ConsentActs.Granted, ConsentDoors.DoubleOptIn);
        Assert.Equal(ConsentActs.Granted, await account.Holds(person));
    }

    [Fact]
    public async Task An_import_is_one_event_and_leaves_out_who_unsubscribed()
    {
        var account = await app.NewAccount();
        var people = Enumerable.Range(0, 50).Select(_ => Consents.NewAddress()).ToList();
        await account.Says(people[0], ConsentActs.Withdrawn, ConsentDoors.OneClick);
        await account.Says(people[1], ConsentActs.Denied);
        Assert.Equal(48, await account.Imports(Consents.NewAddress(), people));
        Assert.Equal(3, await account.Ask<long>("select count(*) from privacy.consent_event"));
        Assert.Equal(48, await account.Ask<long>("select count(*) from privacy.consent_member"));
        Assert.Equal(ConsentActs.Withdrawn, await account.Holds(people[0]));
        Assert.Equal(ConsentActs.Attested, await account.Holds(people[2]));
        // Somebody who refused one topic is attested for everything else, and still gets nothing of that topic.
        await account.Says(people[3], ConsentActs.Withdrawn, ConsentDoors.PreferencePage, topic: "offers");
        await account.Imports(Consents.NewAddress(), people);
        Assert.Equal("opted_out", (await account.Asks(Consents.Question(people[3], topic: "offers"))).Decisive?.Rule);
        Assert.Equal("allow", (await account.Asks(Consents.Question(people[3]))).Outcome);
    }

    [Fact]
    public async Task An_import_does_not_weaken_a_permission_that_the_person_gave()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Granted);
        await account.Imports(Consents.NewAddress(), [person]);
        var now = Assert.Single(await account.In(s => s.GetRequiredService<IConsentLedger>().Now([person], CancellationToken.None)));
        Assert.Equal((ConsentActs.Granted, ProofLevels.Proven), (now.Act, now.Proof));
    }

    [Fact]
    public async Task Taking_an_import_back_restores_what_held_before()
    {
        var account = await app.NewAccount();
        Guid fresh = Consents.NewAddress(), known = Consents.NewAddress(), left = Consents.NewAddress();
        Guid first = Consents.NewAddress(), second = Consents.NewAddress();
        await account.Imports(first, [known, left]);
        await account.Imports(second, [fresh, known, left]);
        await account.Says(left, ConsentActs.Withdrawn, ConsentDoors.OneClick);

        await account.Undo(second);
        Assert.Equal(("nothing", ConsentActs.Attested, ConsentActs.Withdrawn), (await account.Holds(fresh), await account.Holds(known), await account.Holds(left)));
        await account.Undo(second);
        Assert.Equal(4, await account.Ask<long>("select count(*) from privacy.consent_event"));
        await account.Undo(first);
        Assert.Equal(("nothing", ConsentActs.Withdrawn), (await account.Holds(known), await account.Holds(left)));
    }

    [Fact]
    public async Task An_earlier_import_that_was_taken_back_does_not_return_when_the_later_one_is()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        Guid first = Consents.NewAddress(), second = Consents.NewAddress();
        await account.Imports(first, [person]);
        await account.Imports(second, [person]);
        await account.Undo(first);
        Assert.Equal(ConsentActs.Attested, await account.Holds(person));
        await account.Undo(second);
        Assert.Equal("nothing", await account.Holds(person));
    }

    [Fact]
    public async Task As_of_questions_answer_what_was_believed_then()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        var import = Consents.NewAddress();
        await account.Imports(import, [person]);
        await account.Undo(import);
        await account.Says(person, ConsentActs.Withdrawn, ConsentDoors.OneClick);
        Assert.Equal(ConsentActs.Attested, await account.Ask<string>("select act from privacy.consent_fold($1, 1)", account.Id));
        Assert.Null(await account.Ask<string>("select act from privacy.consent_fold($1, 2)", account.Id));
        Assert.Equal(ConsentActs.Withdrawn, await account.Ask<string>("select act from privacy.consent_fold($1, null)", account.Id));
    }

    [Fact]
    public async Task History_shows_every_act_newest_first_with_its_words_and_pages_by_cursor()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        var import = Consents.NewAddress();
        await account.Imports(import, [person, Consents.NewAddress()]);
        await account.Says(Consents.NewAddress(), ConsentActs.Granted);
        await account.Says(person, ConsentActs.Granted);
        await account.Undo(import);
        var first = await account.In(s => s.GetRequiredService<IConsentLedger>().History([person], null, 2, CancellationToken.None));
        Assert.Equal([ConsentActs.Retracted, ConsentActs.Granted], first.Items.Select(i => i.Act));
        Assert.Equal(("I want the newsletter.", ProofLevels.Proven), (first.Items[1].Wording, first.Items[1].Proof));
        var rest = await account.In(s => s.GetRequiredService<IConsentLedger>().History([person], first.Next, 2, CancellationToken.None));
        Assert.Equal("Trade fair 2025", Assert.Single(rest.Items).Source);
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task An_act_joins_the_scopes_transaction_and_goes_with_it()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await services.GetRequiredService<IConsentLedger>().Append(
                new ConsentEntry { AddressKey = person, Channel = Channels.Email, Act = ConsentActs.Granted, How = ConsentDoors.Form }, CancellationToken.None);
            await transaction.RollbackAsync();
        });
        Assert.Equal("nothing", await account.Holds(person));
        Assert.Equal(1, (await account.Says(person, ConsentActs.Granted)).Sequence);
    }

    [Fact]
    public async Task Writers_of_one_account_take_turns_and_leave_no_gap()
    {
        var account = await app.NewAccount();
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => await account.Says(Consents.NewAddress(), ConsentActs.Granted));
        Assert.Equal(40, await account.Ask<long>("select count(*) from privacy.consent_event e where seq = 1 or prev_hash = (select hash from privacy.consent_event p where p.seq = e.seq - 1)"));
    }

    [Fact]
    public async Task Another_accounts_ledger_cannot_be_seen()
    {
        var (one, two) = (await app.NewAccount(), await app.NewAccount());
        var person = Consents.NewAddress();
        await one.Says(person, ConsentActs.Granted);
        Assert.Equal("nothing", await two.Holds(person));
        Assert.Empty((await two.In(s => s.GetRequiredService<IConsentLedger>().History([person], null, 10, CancellationToken.None))).Items);
    }
}
