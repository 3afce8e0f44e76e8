using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

public sealed class JoinTests(PluraApp app)
{
    private const string Password = "another set of words";

    [Fact]
    public async Task Somebody_new_answers_accepts_and_is_inside_in_their_role_and_team()
    {
        var account = await app.NewAccount();
        var (email, link) = await Invited(account, "gus", Membership.ReadOnly, Sights.Team, team: true);
        var browser = app.NewBrowser();
        var page = await browser.Get(link);
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.\"user\" where email = $1", email));
        var signIn = await page.Submit(null, Form());
        Assert.StartsWith("/sign-in", signIn.Url.PathAndQuery, StringComparison.Ordinal);
        var back = await signIn.Submit(null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Email"] = email, ["Command.Password"] = Password });
        var inside = await back.Click("Open Corner Bakery");
        Assert.Equal($"/a/{account.Slug}", inside.Url.PathAndQuery);
        // News to the others, not to themselves.
        Assert.DoesNotContain("has joined the account", inside.Text, StringComparison.Ordinal);
        Assert.Contains("has joined the account", (await (await account.SignIn()).Get($"/a/{account.Slug}")).Text, StringComparison.Ordinal);

        await app.In(null, async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            var user = await db.Users.SingleAsync(u => u.Email == email);
            Assert.True(user.EmailConfirmed);
            var membership = await db.Memberships.SingleAsync(m => m.UserId == user.Id);
            Assert.Equal((account.Id, Membership.ReadOnly, Sights.Team), (membership.AccountId, membership.Role, membership.Sight));
            var accepted = await db.Acceptances.Where(a => a.UserId == user.Id).ToListAsync();
            Assert.Equal(["dpa", "privacy", "terms"], accepted.Select(a => a.Document).Order(StringComparer.Ordinal));
            Assert.All(accepted, a => Assert.Equal("invitation", a.Method));
        });
        Assert.Equal(1L, await app.Ask<long>("select count(*) from accounts.team_member m join accounts.\"user\" u on u.id = m.user_id where u.email = $1", email));
    }

    [Fact]
    public async Task Whoever_may_be_under_16_is_refused_and_nothing_is_stored()
    {
        var account = await app.NewAccount();
        var (email, link) = await Invited(account, "kid");
        var form = await app.NewBrowser().Get(link);
        var refused = await form.Submit(null, Form(year: app.Clock.GetUtcNow().Year - 16));
        Assert.Empty(refused.All("main form"));
        Assert.Contains("Nothing that you entered was kept.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.\"user\" where email = $1", email));
        var again = await form.Submit(null, Form());
        Assert.Contains("Nothing that you entered was kept.", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_joins_without_accepting()
    {
        var account = await app.NewAccount();
        var (_, link) = await Invited(account, "max");
        var form = Form();
        form["Command.AcceptProcessing"] = null;
        var refused = await (await app.NewBrowser().Get(link)).Submit(null, form);
        Assert.Contains("accept the data-processing agreement", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Gus Guest", refused.Find("[name='Command.Name']").GetAttribute("value"));
    }

    [Fact]
    public async Task Somebody_with_a_user_takes_it_by_a_button_once()
    {
        var account = await app.NewAccount();
        var user = await app.NewUser();
        var link = await InviteAddress(account, user.Email);
        var inside = await (await user.Browser.Get(link)).Submit("main form", new { }, "Join Corner Bakery");
        Assert.Equal($"/a/{account.Slug}", inside.Url.PathAndQuery);
        Assert.Contains("You belong to Corner Bakery", (await user.Browser.Get(link)).Text, StringComparison.Ordinal);
        Assert.Contains("This invitation was used", (await app.NewBrowser().Get(link)).Text, StringComparison.Ordinal);
        var stale = await account.In(s => s.GetRequiredService<Invitations>().Hold(link.Split('/')[^1], default));
        Assert.Null(stale);
    }

    [Fact]
    public async Task Only_the_invited_address_may_take_it()
    {
        var account = await app.NewAccount();
        var (_, link) = await Invited(account, "ida");
        var other = await app.NewUser();
        Assert.Contains("This invitation is for another address", (await other.Browser.Get(link)).Text, StringComparison.Ordinal);
        var refused = await app.In(null, async services =>
        {
            services.GetRequiredService<Actor>().Become(ActorKind.User, other.Id, "Uma", []);
            return await services.GetRequiredService<AcceptInvitationHandler>().Handle(new AcceptInvitation { Token = link.Split('/')[^1] }, default);
        });
        Assert.Equal("join.other_address", refused.Refusal?.Code);
    }

    [Fact]
    public async Task The_form_answers_the_same_where_the_address_has_a_user_and_lets_nobody_in()
    {
        var account = await app.NewAccount();
        var user = await app.NewUser();
        var link = await InviteAddress(account, user.Email);
        var (_, fresh) = await Invited(account, "new");
        var known = await (await app.NewBrowser().Get(link)).Submit(null, Form());
        var unknown = await (await app.NewBrowser().Get(fresh)).Submit(null, Form());
        Assert.Equal(unknown.Text, known.Text);
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.membership where user_id = $1", user.Id));
        Assert.Contains("/accounts", (await app.SignedIn(user.Email)).Url.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_whose_address_nobody_confirmed_belongs_to_whoever_holds_the_mailbox()
    {
        var account = await app.NewAccount();
        var squatter = await app.NewUser("Sly Squatter");
        await app.Do("update accounts.\"user\" set email_confirmed = false where id = $1", squatter.Id);
        var link = await InviteAddress(account, squatter.Email);
        await (await app.NewBrowser().Get(link)).Submit(null, Form());
        Assert.StartsWith("/a/", (await app.SignedIn(squatter.Email, Password)).Url.PathAndQuery, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await app.SignedIn(squatter.Email)).Url.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_else_opened_the_user_of_an_unconfirmed_address_opens_it_no_more()
    {
        var account = await app.NewAccount();
        var squatter = await app.NewUser("Sly Squatter");
        await app.Do("update accounts.\"user\" set email_confirmed = false where id = $1", squatter.Id);
        await app.In(null, async services =>
        {
            var (db, now) = (services.GetRequiredService<PluraDb>(), app.Clock.GetUtcNow());
            db.UserLogins.Add(new UserLogin { LoginProvider = "google", ProviderKey = squatter.Email, ProviderDisplayName = "sly@mail.example", UserId = squatter.Id });
            db.RecoveryCodes.Add(RecoveryCode.Of(squatter.Id, [1], now));
            db.EmailChanges.Add(EmailChange.Ask(squatter.Id, squatter.Email, "sly@mail.example", now));
            await db.SaveChangesAsync();
        });
        var link = await InviteAddress(account, squatter.Email);
        await (await app.NewBrowser().Get(link)).Submit(null, Form());
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.user_login where user_id = $1", squatter.Id));
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.recovery_code where user_id = $1", squatter.Id));
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.email_change where user_id = $1 and stopped_at is null", squatter.Id));
        Assert.StartsWith("/sign-in", (await squatter.Browser.Get("/me")).Url.PathAndQuery, StringComparison.Ordinal);
        Assert.StartsWith("/a/", (await app.SignedIn(squatter.Email, Password)).Url.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_nobody_made_leads_nowhere() =>
        Assert.Equal(System.Net.HttpStatusCode.Gone, (await app.NewBrowser().Get("/join/nonsense")).Status);

    private async Task<(string Email, string Link)> Invited(TestAccount account, string name, string role = Membership.Member, string sight = Sights.All, bool team = false)
    {
        var email = $"{name}-{account.Slug}@people.example";
        return (email, await InviteAddress(account, email, role, sight, team));
    }

    private async Task<string> InviteAddress(TestAccount account, string email, string role = Membership.Member, string sight = Sights.All, bool team = false)
    {
        await account.In(async services =>
        {
            List<Guid> teams = team ? [(await services.GetRequiredService<KeepTeamHandler>().Handle(new KeepTeam { Name = "Front desk" }, default)).Value] : [];
            Assert.Null((await services.GetRequiredService<InvitePeopleHandler>().Handle(new InvitePeople { Emails = email, Role = role, Sight = sight, Teams = teams }, default)).Refusal);
        });
        return await app.InvitationLink(account, email);
    }

    private Dictionary<string, object?> Form(int? year = null) => new(StringComparer.Ordinal)
    {
        ["Command.Name"] = "Gus Guest",
        ["Command.Password"] = Password,
        ["Command.BirthYear"] = year ?? app.Clock.GetUtcNow().Year - 40,
        ["Command.AcceptTerms"] = true,
        ["Command.AcceptProcessing"] = true,
    };
}
