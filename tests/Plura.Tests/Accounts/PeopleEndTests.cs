using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Privacy;
using Plura.Tests.Campaigns;

namespace Plura.Tests;

/// <summary>Whoever belongs nowhere any more is forgotten by itself, and so is a sign-up that nobody confirmed.</summary>
public sealed class PeopleEndTests(PluraApp app)
{
    [Fact]
    public async Task An_owner_goes_with_the_account_that_was_theirs_and_the_neighbour_stays()
    {
        await using var own = await app.Another();
        var (account, neighbour) = (await own.NewAccount(), await own.NewAccount("Next Door"));
        await account.CloseIt(own);
        var closed = await ClosedAt(own, account);
        own.Clock.SetUtcNow(closed.AddMonths(24).AddDays(-1));
        Assert.Equal((0, 0), (await own.EndAgencies(), await own.ForgetPeople()));
        own.Clock.SetUtcNow(closed.AddMonths(24).AddMinutes(5));
        await own.TellTheDatabase();
        Assert.Equal(1, await own.Services.GetRequiredService<AccountEnds>().Purge(default));
        // The 24 months are all that the policy gives: nothing begins anew with the purge.
        Assert.Equal((1, 1), (await own.EndAgencies(), await own.ForgetPeople()));
        Assert.False(await own.Knows(account.OwnerId));
        Assert.Equal("", await own.Mentions(account.Slug));
        Assert.True(await own.Knows(neighbour.OwnerId));
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.agency where slug = $1", neighbour.Slug));
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'account.delete_sign_in' and about = $1", account.OwnerId));
        Assert.Equal((0, 0), (await own.EndAgencies(), await own.ForgetPeople()));
    }

    [Fact]
    public async Task Half_a_year_after_the_last_account_was_closed_and_not_before()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.CloseIt(own, keep: "0");
        var closed = await ClosedAt(own, account);
        own.Clock.Advance(AccountClosure.Grace + TimeSpan.FromMinutes(5));
        await own.TellTheDatabase();
        Assert.Equal(1, await own.Services.GetRequiredService<AccountEnds>().Purge(default));
        own.Clock.SetUtcNow(closed.AddMonths(6).AddMinutes(-5));
        Assert.Equal((0, 0), (await own.EndAgencies(), await own.ForgetPeople()));
        own.Clock.SetUtcNow(closed.AddMonths(6).AddMinutes(5));
        Assert.Equal((1, 1), (await own.EndAgencies(), await own.ForgetPeople()));
        Assert.Equal("", await own.Mentions(account.Owner()));
    }

    [Fact]
    public async Task Whoever_was_taken_out_of_an_account_is_known_for_half_a_year_from_then_on()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var cora = await account.Colleague(own);
        own.Clock.Advance(TimeSpan.FromDays(400));
        await own.TellTheDatabase();
        Assert.Equal(0, await own.ForgetPeople());
        await account.In(services => services.GetRequiredService<RemovePersonHandler>().Handle(new RemovePerson { UserId = cora.Id }, default));
        var gone = own.Clock.GetUtcNow();
        own.Clock.SetUtcNow(gone.AddMonths(6).AddHours(-1));
        Assert.Equal(0, await own.ForgetPeople());
        own.Clock.SetUtcNow(gone.AddMonths(6).AddHours(1));
        Assert.Equal(1, await own.ForgetPeople());
        Assert.False(await own.Knows(cora.Id));
        Assert.True(await own.Knows(account.OwnerId));
    }

    [Fact]
    public async Task Operators_and_whom_an_invitation_waits_for_stay()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Plura:Operators=Op@people.example");
        var account = await own.NewAccount();
        var (operates, invited, nobody) = (await own.NewUser("Opal Operator", "op@people.example"), await own.NewUser("Ivy Invited", "ivy_x@people.example"), await own.NewUser("Nora Nobody"));
        own.Clock.Advance(TimeSpan.FromDays(200));
        Assert.True((await account.In(s => s.GetRequiredService<InvitePeopleHandler>().Handle(new InvitePeople { Emails = "ivy_x@people.example" }, default))).Ok);
        Assert.Equal(1, await own.ForgetPeople());
        Assert.Equal((true, true, false), (await own.Knows(operates.Id), await own.Knows(invited.Id), await own.Knows(nobody.Id)));
        // The invitation is over, and nobody came.
        own.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(1, await own.ForgetPeople());
        Assert.Equal((true, false), (await own.Knows(operates.Id), await own.Knows(invited.Id)));
    }

    [Fact]
    public async Task A_sign_up_that_nobody_confirmed_ends_after_seven_days_with_its_account_and_its_place_in_addresses()
    {
        await using var own = await app.Another();
        var (dropped, confirmed) = (await SignUp(own, "dora@flowers.example", "Dora's Flowers"), await SignUp(own, "carl@cakes.example", "Carl's Cakes"));
        await own.Letters("dora@flowers.example");
        await own.Do("""update accounts."user" set email_confirmed = true where id = $1""", confirmed);
        var (account, kept) = (await AccountOf(own, dropped), await AccountOf(own, confirmed));
        own.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(1));
        Assert.Equal(0, await own.DropSignUps());
        own.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await own.DropSignUps());
        Assert.Equal("", await own.Mentions("dora@flowers.example"));
        Assert.Equal("", await own.Mentions("Dora's Flowers"));
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.account where id = $1", account));
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.acceptance where user_id = $1", dropped));
        Assert.Equal((true, 1L, 3L), (await own.Knows(confirmed), await own.Ask<long>("select count(*) from accounts.account where id = $1", kept), await own.Ask<long>("select count(*) from accounts.acceptance where user_id = $1", confirmed)));
        // The business's name in addresses is free again.
        var again = await AccountOf(own, await SignUp(own, "other@flowers.example", "Dora's Flowers"));
        Assert.Equal("dora-s-flowers", await own.Ask<string>("select slug from accounts.account where id = $1", again));
        Assert.True((await own.Services.GetRequiredService<LedgerVerification>().Run(default)).Ok);
        Assert.True((await own.Services.GetRequiredService<AuditVerification>().Run(default)).Ok);
    }

    [Fact]
    public async Task Who_confirms_while_the_round_is_at_it_stays()
    {
        await using var own = await app.Another();
        var person = await SignUp(own, "late@flowers.example", "Late Flowers");
        own.Clock.Advance(TimeSpan.FromDays(8));
        await own.TellTheDatabase();
        await using var letter = await own.OpenOwner();
        await using var pressed = await letter.BeginTransactionAsync();
        await letter.Do("""update accounts."user" set email_confirmed = true where id = $1""", person);
        var round = own.Services.GetRequiredService<PeopleEnd>().DropSignUps(default);
        // The round has found the sign-up and waits for its row.
        await own.Waiting(1, round);
        await pressed.CommitAsync();
        Assert.Equal(0, await round);
        Assert.True(await own.Knows(person));
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.membership where user_id = $1", person));
    }

    [Fact]
    public async Task Whom_an_invitation_waits_for_is_on_the_way_and_joins_by_it()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var person = await SignUp(own, "ivy@people.example", "Ivy's Inn");
        own.Clock.Advance(TimeSpan.FromDays(6));
        Assert.True((await account.In(s => s.GetRequiredService<InvitePeopleHandler>().Handle(new InvitePeople { Emails = "ivy@people.example" }, default))).Ok);
        own.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await own.DropSignUps());
        Assert.True(await own.Knows(person));
        own.Clock.Advance(TimeSpan.FromDays(5));
        Assert.Equal(1, await own.DropSignUps());
        Assert.True(await own.Knows(account.OwnerId));
    }

    [Fact]
    public async Task The_apps_role_deletes_by_it_no_account_in_which_anybody_ever_was_and_nobody_who_has_a_place()
    {
        await using var own = await app.Another();
        var (lived, shared) = (await own.NewAccount(), await own.NewAccount("Shared Bakery"));
        await lived.Person("Ann");
        await shared.Colleague(own);
        var fresh = await SignUp(own, "fresh@flowers.example", "Fresh Flowers");
        // An app that lies about who confirmed and since when finds the account's own log against it.
        await own.Do("""update accounts."user" set email_confirmed = false, created_at = created_at - interval '100 days' where id in ($1, $2)""", lived.OwnerId, shared.OwnerId);
        await own.TellTheDatabase();
        await using var role = await own.OpenApp();
        foreach (var person in (Guid[])[lived.OwnerId, shared.OwnerId, fresh])
        {
            Assert.False(await role.Ask<bool>("select accounts.drop_sign_up($1)", person));
            Assert.False(await role.Ask<bool>("select accounts.forget_person($1)", person));
            Assert.True(await own.Knows(person));
        }
    }

    [Fact]
    public async Task One_that_cannot_go_keeps_no_other()
    {
        await using var own = await app.Another();
        var (stuck, goes) = (await own.NewUser("Sid Stuck"), await own.NewUser("Gus Going"));
        own.Clock.Advance(TimeSpan.FromDays(200));
        await own.Do($"create function public.stay() returns trigger language plpgsql as $$ begin if old.id = '{stuck.Id}' then raise exception 'stuck'; end if; return old; end $$; create trigger stay before delete on accounts.\"user\" for each row execute function public.stay()");
        await Assert.ThrowsAsync<AggregateException>(() => own.ForgetPeople());
        Assert.Equal((true, false), (await own.Knows(stuck.Id), await own.Knows(goes.Id)));
    }

    [Fact]
    public async Task The_promise_is_looked_at_live_and_somebody_who_was_forgotten_to_be_forgotten_turns_it_red()
    {
        await using var own = await app.Another();
        var (nobody, unconfirmed) = (await own.NewUser("Nora Nobody"), await SignUp(own, "dora@flowers.example", "Dora's Flowers"));
        Assert.Equal(0, (await Look(own)).Failures);
        own.Clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal(1, (await Look(own)).Failures);
        Assert.Equal(1, await own.DropSignUps());
        Assert.False(await own.Knows(unconfirmed));
        Assert.Equal(0, (await Look(own)).Failures);
        own.Clock.Advance(TimeSpan.FromDays(200));
        Assert.Equal(1, (await Look(own)).Failures);
        Assert.Equal(1, await own.ForgetPeople());
        Assert.False(await own.Knows(nobody.Id));
        Assert.Equal(0, (await Look(own)).Failures);
    }

    private static Task<PolicyFinding> Look(PluraApp own) => own.In(tenant: null, services => services.GetServices<IPolicyCheck>().OfType<NobodyIsKeptForNothing>().Single().Look(default));

    private static async Task<DateTimeOffset> ClosedAt(PluraApp own, TestAccount account) =>
        new(await own.Ask<DateTime>("select closed_at from accounts.account_closure where account_id = $1", account.Id), TimeSpan.Zero);

    private static Task<Guid> AccountOf(PluraApp own, Guid person) => own.Ask<Guid>("select account_id from accounts.membership where user_id = $1", person);

    /// <summary>As the page does it; what an account makes for itself at its start is done too.</summary>
    private static async Task<Guid> SignUp(PluraApp own, string email, string business)
    {
        var person = await own.In(null, services => services.GetRequiredService<SignUpHandler>().Handle(
            new SignUp { Name = "Dora Example", Email = email, Password = "a kettle under nine moons", Business = business, Country = "US", TimeZone = "America/New_York", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true }, "192.0.2.7", default));
        Assert.True(person.Ok, person.Refusal?.Text);
        await own.Work();
        return person.Value;
    }
}
