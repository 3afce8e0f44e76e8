using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Messaging;
using Plura.Tests.Campaigns;

namespace Plura.Tests;

/// <summary>A person ends their own sign-in.</summary>
public sealed class DeleteSignInTests(PluraApp app)
{
    [Fact]
    public async Task Everything_of_a_person_goes_and_the_logs_keep_their_id_alone()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var cora = await account.Colleague(own, role: Membership.Admin);
        var (elsewhere, contact) = (await own.SignedIn(cora.Email), await account.Person("Ann"));
        var (_, program) = await account.Token(own, "campaigns.read", cora.Id);
        var till = await TestOAuthApp.Of(own, account);
        await own.Do("update contacts.contact set assignee_id = $1 where id = $2", cora.Id, contact);
        await own.Do("update contacts.contact_change set by = 'Cora Colleague', by_id = $1 where contact_id = $2", cora.Id, contact);
        await own.Do("insert into accounts.notice_choice (tenant_id, id, user_id, kind, in_app, by_mail, since) values ($1, gen_random_uuid(), $2, 'person_joined', true, true, now())", account.Id, cora.Id);
        await own.Do("insert into accounts.app_connection (id, application_id, account_id, user_id, subject, status, type, scopes, connected_at, uses) values (gen_random_uuid(), $1, $2, $3, $3::text, 'valid', 'permanent', '[]', now(), 0)", till.Id, account.Id, cora.Id);
        Assert.True((await account.In(s => s.GetRequiredService<InvitePeopleHandler>().Handle(new InvitePeople { Emails = "guest@people.example" }, default))).Ok);
        await own.Do("update accounts.invitation set invited_by = $1", cora.Id);
        Assert.Equal(HttpStatusCode.OK, (await program.Call()).Status);
        // Their name stands in stories and bins, and they look after a company and follow somebody.
        await (await cora.Browser.Get(account.Page("companies/new"))).Submit("[name='Command.Name']", new { Name = "Mill", Assignee = cora.Id.ToString() });
        await (await (await cora.Browser.Get(account.Page("companies/new"))).Submit("[name='Command.Name']", new { Name = "Old Mill" })).Submit("#delete-company form", new { });
        await (await cora.Browser.Get(account.Page($"contacts/{await account.Person("Gone")}"))).Submit("#delete-contact form", new { });
        await (await cora.Browser.Get(account.Page($"contacts/{contact}"))).Submit("[name=Follower]", new { Follower = cora.Id.ToString() });

        var page = await cora.Browser.Get("/me/leave");
        Assert.Contains("A last letter to", page.Text, StringComparison.Ordinal);
        var wrong = await page.Submit("[name='Command.Email']", new { Email = "other@people.example" });
        Assert.Contains($"Type “{cora.Email}”", wrong.Text, StringComparison.Ordinal);
        Assert.True(await own.Knows(cora.Id));
        var done = await wrong.Submit("[name='Command.Email']", new { Email = cora.Email.ToUpperInvariant() });
        Assert.Equal("/sign-in", done.Url.AbsolutePath);
        Assert.Contains("Your sign-in is deleted.", done.Text, StringComparison.Ordinal);

        Assert.False(await own.Knows(cora.Id));
        foreach (var browser in (Browser[])[cora.Browser, elsewhere])
            Assert.Equal("/sign-in", (await browser.Get("/me")).Url.AbsolutePath);
        Assert.Contains("do not belong together", (await (await own.NewBrowser().Get("/sign-in")).Submit(null, new { cora.Email, TestAccount.Password })).Text, StringComparison.Ordinal);
        // The one letter that waits knows where to go, and is the only word of them.
        Assert.Equal("messaging.posted_letter", await own.Mentions(cora.Email));
        Assert.Contains("This is the last letter to this address", (await own.Letter(cora.Email, "Your sign-in is deleted")).HtmlBody, StringComparison.Ordinal);
        foreach (var table in (string[])["session", "notice_choice", "known_device", "membership", "user_token"])
            Assert.Equal((table, 0L), (table, await own.Ask<long>($"select count(*) from accounts.{table} where user_id = $1", cora.Id)));

        Assert.Equal("token.person_left", (await program.Call()).Code);
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.invitation where invited_by = $1 and withdrawn_at is not null", cora.Id));
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.app_connection where user_id = $1 and ended_at is not null and status = 'revoked'", cora.Id));
        Assert.Equal(0, await own.Ask<long>("select count(*) from contacts.contact where assignee_id is not null"));
        Assert.Equal(0, await own.Ask<long>("select count(*) from contacts.company where assignee_id is not null"));
        Assert.Equal(0, await own.Ask<long>("select count(*) from contacts.contact_follower"));
        var owner = await account.SignIn();
        Assert.Contains("somebody who left", (await owner.Get(account.Page($"contacts/{contact}"))).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.audit_entry where act = 'account.leave' and actor_id = $1", cora.Id));
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'account.delete_sign_in' and actor_id = $1 and about = $1", cora.Id));

        own.Clock.Advance(LetterTidying.Kept + TimeSpan.FromHours(1));
        await own.Services.GetRequiredService<LetterTidying>().Tidy(default);
        Assert.Equal("", await own.Mentions(cora.Email));
        Assert.Equal("", await own.Mentions("Cora Colleague"));
    }

    [Fact]
    public async Task Nobody_goes_from_what_is_theirs_alone_and_the_page_says_what_to_do()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (cora, owner) = (await account.Colleague(own), await account.SignIn());
        var page = await owner.Get("/me/leave");
        Assert.Contains("First somebody else must have what is yours alone", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"main a[href='/a/{account.Slug}/settings/close']"));
        Assert.Null(page.Document.QuerySelector("[name='Command.Email']"));
        var refused = await Ask(own, account.OwnerId, account.Owner());
        Assert.Equal(("leave.sole_owner", "You are the only owner of Corner Bakery. Close it, or make somebody else an owner first."), (refused?.Code, refused?.Text));

        // The account has another owner; the agency's desk, which looks after it, does not.
        await account.Role(cora.Id, Membership.Owner);
        Assert.Contains("the agency’s desk Corner Bakery", (await Ask(own, account.OwnerId, account.Owner()))?.Text, StringComparison.Ordinal);
        Assert.NotNull((await owner.Get("/me/leave")).Document.QuerySelector($"main a[href='/g/{account.Slug}/people']"));
        await own.Do("insert into accounts.agency_member (agency_id, user_id, role, since) select agency_id, $2, 'owner', now() from accounts.account where id = $1", account.Id, cora.Id);
        await (await owner.Get("/me/leave")).Submit("[name='Command.Email']", new { Email = account.Owner() });
        Assert.False(await own.Knows(account.OwnerId));
        Assert.Equal(cora.Id, await own.Ask<Guid>("select user_id from accounts.membership where account_id = $1", account.Id));
    }

    [Fact]
    public async Task The_owner_of_an_account_that_is_closed_may_go_and_the_account_waits_for_its_day()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.CloseIt(own, keep: "0");
        var done = await (await account.Browser.Get("/me/leave")).Submit("[name='Command.Email']", new { Email = account.Owner() });
        Assert.Contains("Your sign-in is deleted.", done.Text, StringComparison.Ordinal);
        Assert.False(await own.Knows(account.OwnerId));
        own.Clock.Advance(AccountClosure.Grace + TimeSpan.FromMinutes(5));
        await own.TellTheDatabase();
        Assert.Equal(1, await own.Services.GetRequiredService<AccountEnds>().Purge(default));
        own.Clock.Advance(TimeSpan.FromDays(200));
        Assert.Equal(1, await own.EndAgencies());
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.agency where slug = $1", account.Slug));
    }

    [Fact]
    public async Task The_demos_sign_in_and_an_operators_stay()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Plura:Operators=op@people.example");
        var (demo, operates) = (await own.NewUser("Robin Hale", "owner@demo.example"), await own.NewUser("Opal Operator", "op@people.example"));
        Assert.Equal("leave.demo", (await Ask(own, demo.Id, demo.Email))?.Code);
        Assert.Equal("leave.operator", (await Ask(own, operates.Id, operates.Email))?.Code);
        Assert.Equal((true, true), (await own.Knows(demo.Id), await own.Knows(operates.Id)));
    }

    [Fact]
    public async Task Who_has_not_proven_lately_who_they_are_is_asked_first()
    {
        await using var own = await app.Another();
        var nora = await own.NewUser("Nora Nobody");
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("/confirm-it-is-you", (await nora.Browser.Get("/me/leave")).Url.AbsolutePath);
    }

    private static Task<Plura.Platform.Refusal?> Ask(PluraApp own, Guid person, string email) => own.In(null, async services =>
    {
        services.GetRequiredService<Plura.Platform.Actor>().Become(Plura.Platform.ActorKind.User, person, "Somebody", []);
        return (await services.GetRequiredService<DeleteSignInHandler>().Handle(new DeleteSignIn { Email = email }, default)).Refusal;
    });
}
