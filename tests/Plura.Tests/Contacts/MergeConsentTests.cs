using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Privacy.Contracts;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Contacts;

/// <summary>The strictest wish of the two holds, both histories stay, and parted each has its own again.</summary>
public sealed class MergeConsentTests(PluraApp app)
{
    private const string Folded = """
        select count(*) from (
            (select address_key, channel, topic, act, how, occurred_at, proof, own, seq from privacy.consent_fold($1, null) except select address_key, channel, topic, act, how, occurred_at, proof, own, seq from privacy.consent_state)
            union all
            (select address_key, channel, topic, act, how, occurred_at, proof, own, seq from privacy.consent_state except select address_key, channel, topic, act, how, occurred_at, proof, own, seq from privacy.consent_fold($1, null))) x
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_withdrawal_of_either_holds_for_both_addresses_whichever_stays(bool loserWithdrew)
    {
        var account = await app.NewAccount();
        var (ann, anna) = (await account.Person("Ann"), await account.Person("Anna"));
        await account.Withdraw(loserWithdrew ? "anna@people.example" : "ann@people.example");
        var events = await account.Ask<string>("select string_agg(encode(hash, 'hex'), ',' order by seq) from privacy.consent_event");
        var merged = await account.Merge(ann, anna);
        Assert.Equal(("withdrawn", "withdrawn"), (await Holds(account, "ann@people.example"), await Holds(account, "anna@people.example")));
        // Nothing was rewritten, what was added says why.
        Assert.StartsWith(events!, await account.Ask<string>("select string_agg(encode(hash, 'hex'), ',' order by seq) from privacy.consent_event"), StringComparison.Ordinal);
        Assert.Equal(("merge", "merged", ann), (await account.Ask<string>(Last("how")), await account.Ask<string>(Last("source")), await account.Ask<Guid>(Last("subject_id"))));
        Assert.Equal(0L, await account.Ask<long>(Folded, account.Id));
        // Nobody is written to.
        var letter = await account.Letter();
        await account.Send(letter);
        await account.Settle(app);
        Assert.Equal(0, (await account.Campaign(letter)).Count("accepted"));

        await account.Unmerge(merged);
        Assert.Equal(loserWithdrew ? ("attested", "withdrawn") : ("withdrawn", "attested"), (await Holds(account, "ann@people.example"), await Holds(account, "anna@people.example")));
        Assert.Equal(0L, await account.Ask<long>(Folded, account.Id));
        Assert.Equal("retracted", await account.Ask<string>(Last("act")));
        var verified = await account.Ask<long>("select count(*) from privacy.consent_event e where e.seq > 1 and e.prev_hash <> (select hash from privacy.consent_event p where p.seq = e.seq - 1)");
        Assert.Equal(0L, verified);
    }

    [Fact]
    public async Task A_complaint_blocks_the_other_address_a_bounce_does_not_and_parted_each_block_is_what_it_was()
    {
        var account = await app.NewAccount();
        var (ann, anna) = (await account.Person("Ann"), await account.Person("Anna"));
        await Block(account, "ann@people.example", SuppressionReasons.HardBounce);
        var bounced = await account.Merge(ann, anna);
        Assert.Null(await Blocked(account, "anna@people.example"));
        await account.Unmerge(bounced);
        var before = await account.Ask<string>("select string_agg(s::text, ',' order by s.address_key) from privacy.suppression s");
        await Block(account, "anna@people.example", SuppressionReasons.Complaint);
        var both = await account.Ask<string>("select string_agg(s::text, ',' order by s.address_key) from privacy.suppression s");
        Assert.NotEqual(before, both);
        var merged = await account.Merge(ann, anna);
        Assert.Equal((SuppressionReasons.Complaint, SuppressionReasons.Complaint), (await Blocked(account, "ann@people.example"), await Blocked(account, "anna@people.example")));
        await account.Unmerge(merged);
        Assert.Equal(both, await account.Ask<string>("select string_agg(s::text, ',' order by s.address_key) from privacy.suppression s"));
    }

    [Fact]
    public async Task What_the_person_says_after_the_merge_outlives_the_parting()
    {
        var account = await app.NewAccount();
        var (ann, anna) = (await account.Person("Ann"), await account.Person("Anna"));
        await account.Withdraw("anna@people.example");
        var merged = await account.Merge(ann, anna);
        await account.Withdraw("ann@people.example");
        await account.Unmerge(merged);
        Assert.Equal(("withdrawn", "withdrawn"), (await Holds(account, "ann@people.example"), await Holds(account, "anna@people.example")));
        Assert.Equal(0L, await account.Ask<long>(Folded, account.Id));
    }

    [Fact]
    public async Task Who_is_under_age_stays_so()
    {
        var account = await app.NewAccount();
        var (ann, anna) = (await account.Create("Ann"), (await account.TryCreate(new CreateContact { FirstName = "Anna", Minor = true })).Value);
        var merged = await account.Merge(ann, anna);
        Assert.True((await account.Contact(ann))!.Minor);
        await account.Unmerge(merged);
        Assert.False((await account.Contact(ann))!.Minor);
    }

    private static string Last(string column) => $"select {column} from privacy.consent_event order by seq desc limit 1";

    private static Task<string?> Holds(TestAccount account, string email) => account.In(async s =>
        (await s.GetRequiredService<IConsentLedger>().Now([Key(s, email)], default)).SingleOrDefault(n => n.Topic == Topics.All)?.Act);

    private static Task<string?> Blocked(TestAccount account, string email) => account.In(async s =>
        (await s.GetRequiredService<IConsentLedger>().Now([Key(s, email)], default)).Select(n => n.Suppressed).FirstOrDefault());

    private static Task Block(TestAccount account, string email, string reason) => account.In(s =>
        s.GetRequiredService<ISuppression>().Add(Key(s, email), Channels.Email, reason, "said so", default));

    private static Guid Key(IServiceProvider services, string email) => services.GetRequiredService<IAddressKeys>().Of(Channels.Email, email);
}
