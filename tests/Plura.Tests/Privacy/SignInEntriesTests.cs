using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;

namespace Plura.Tests.Privacy;

/// <summary>What the installation's log says of signing in is true, said once, and names the person; so do an account's sentences about its people.</summary>
public sealed class SignInEntriesTests(PluraApp app)
{
    [Fact]
    public async Task A_right_password_at_an_unconfirmed_address_is_no_sign_in()
    {
        var account = await app.NewAccount();
        await app.Do("update accounts.\"user\" set email_confirmed = false where id = $1", account.OwnerId);
        var last = await Last(app);
        Assert.Contains("confirm your e-mail address first", (await app.NewBrowser().GivePassword(account)).Errors(), StringComparison.Ordinal);
        Assert.Equal(["account.sign_in_unconfirmed"], await About(app, account));
        Assert.DoesNotContain("account.sign_in", await Nameless(app, last));
    }

    [Fact]
    public async Task Guessing_codes_is_seen_from_the_first_and_the_person_is_told_once_a_day()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.SignIn();
        await account.SetUpApp(own);
        var page = await own.NewBrowser().GivePassword(account);
        Assert.Equal("account.ask_code", (await About(own, account))[^1]);
        await page.GiveCode("000000");
        Assert.Equal("account.code_failed", (await About(own, account))[^1]);
        Assert.DoesNotContain(await own.Letters(account.Owner()), l => l.Subject == "Somebody knows your password");
        await (await own.NewBrowser().GivePassword(account)).GiveCode("000001");
        await (await own.NewBrowser().GivePassword(account)).GiveCode("000002");
        Assert.Equal(["account.ask_code", "account.code_failed", "account.ask_code", "account.code_failed"], (await About(own, account)).Where(a => a is "account.ask_code" or "account.code_failed").Take(4));
        await own.Letters(account.Owner());
        Assert.Single(await own.Letters(account.Owner()), l => l.Subject == "Somebody knows your password");
    }

    [Fact]
    public async Task A_wrong_password_or_code_at_an_open_browser_is_on_record_with_who_sat_there()
    {
        await using var own = await app.Another(ScriptedPasskeys.Add);
        var account = await own.NewAccount();
        var browser = await account.SignIn();
        await (await browser.Get("/me/password")).Submit("[name='Command.Current']", new { Current = Doorway.WrongPassword, New = "seven green hats on a wall" });
        await (await browser.Get("/me/email")).Submit("[name='Command.Email']", new { Email = "other@people.example", Password = Doorway.WrongPassword });
        await (await browser.Get("/confirm-it-is-you")).Submit("[name='Password.Password']", new { Password = Doorway.WrongPassword });
        await using var open = await own.OpenOwner();
        var acts = await open.Rows("select act, facts ->> 'by' from privacy.operator_audit_entry where actor_id = $1 and about = $1 order by at, id", account.OwnerId);
        Assert.Equal(["account.password_failed", "account.password_failed", "account.confirm_failed"], acts.Select(a => (string)a[0]!));
        Assert.Equal("password", acts[2][1]);
    }

    [Fact]
    public async Task A_passkey_signs_in_once_in_the_log_and_one_that_opens_nothing_is_seen()
    {
        await using var own = await app.Another(ScriptedPasskeys.Add);
        var account = await own.NewAccount();
        await (await account.SignIn()).AddPasskey();
        var before = (await About(own, account)).Count;
        var last = await Last(own);
        Assert.Equal($"/a/{account.Slug}", (await (await own.NewBrowser().Answer("/sign-in", account.OwnerId))()).Url.AbsolutePath);
        Assert.Equal(["account.sign_in"], (await About(own, account)).Skip(before));
        Assert.Empty(await Nameless(own, last));
        await (await own.NewBrowser().Answer("/sign-in", account.Id))();
        Assert.Equal(["account.passkey_failed"], await Nameless(own, last));
        await own.Do("update accounts.\"user\" set email_confirmed = false where id = $1", account.OwnerId);
        await (await own.NewBrowser().Answer("/sign-in", account.OwnerId))();
        Assert.Equal("account.sign_in_unconfirmed", (await About(own, account))[^1]);
    }

    [Fact]
    public async Task The_desks_sentences_name_the_person_and_do_not_call_a_stranger_gone()
    {
        await using var own = await app.Another();
        var staff = await OperatorStaff.At(own);
        await (await own.NewBrowser().Get("/sign-up")).Submit("[name='Command.BirthYear']", new { Name = "Ann Example", Email = "ann@people.example", Password = "seven green hats on a wall", Business = "Ann's Flowers", Country = "US", TimeZone = "America/New_York", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true });
        await own.NewBrowser().Give("nobody@people.example", Doorway.WrongPassword);
        var log = (await staff.Get("log")).Text;
        Assert.Contains("A visitor signed up as Ann Example", log, StringComparison.Ordinal);
        Assert.Contains("A visitor tried to sign in as somebody who is not known here", log, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody who left", log, StringComparison.Ordinal);
        Assert.Contains("This machine", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accounts_sentences_say_whom_which_and_from_where()
    {
        await using var own = await app.Another();
        var (staff, account) = (await OperatorStaff.At(own), await own.NewAccount());
        var owner = await account.SignIn();
        await (await owner.Get(account.Page("settings/people?invite=1"))).Submit(".side-panel form", new { Emails = "gus@people.example", Role = "member" });
        await (await own.NewBrowser().Get(await own.InvitationLink(account, "gus@people.example"))).Submit(null, new { Name = "Gus Guest", Password = "seven green hats on a wall", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true });
        await (await owner.Get(account.Page("settings/people?invite=1"))).Submit(".side-panel form", new { Emails = "una@people.example\nvic@people.example", Role = "member" });
        var role = (await account.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Name = "Helper", Permissions = ["contacts.read"] }, default))).Value;
        var gus = await own.Ask<Guid>("select user_id from accounts.membership where account_id = $1 and user_id <> $2", account.Id, account.OwnerId);
        await account.Role(gus, role.ToString());
        await staff.Stop(account, "Where do these addresses come from?");
        var log = await owner.Get(account.Page("settings/activity"));
        foreach (var sentence in (string[])["Olivia Owner invited gus@people.example", "A visitor joined by an invitation as Gus Guest", "Olivia Owner invited several people", "PluraOS made or changed the role Helper", "May: ", "role: Helper", "Olivia Owner (at the operator’s desk) stopped the sending of Corner Bakery"])
            Assert.Contains(sentence, log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(role.ToString(), log.Text, StringComparison.Ordinal);
        await account.Role(gus, "member");
        await account.In(s => s.GetRequiredService<DeleteRoleHandler>().Handle(new DeleteRole { Id = role }, default));
        log = await owner.Get(account.Page("settings/activity"));
        Assert.Contains("deleted a role", log.Text, StringComparison.Ordinal);
        Assert.Contains("name: Helper", log.Text, StringComparison.Ordinal);
        Assert.Contains("role: a role that is gone", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_inside_as_support_does_not_read_like_a_colleague()
    {
        var house = await AgencyHouse.Open(app);
        await house.Grant(may: "work");
        await house.Enter();
        await (await house.Desk.Get(house.Shop.Page("contacts/new"))).Submit("[name='Command.FirstName']", new { FirstName = "Anna" });
        var log = (await house.Owner.Get(house.Shop.Page("settings/activity"))).Text;
        Assert.Contains("Olivia Owner (as support) added Anna", log, StringComparison.Ordinal);
        Assert.Contains("Olivia Owner let support in for a time", log, StringComparison.Ordinal);
        Assert.DoesNotContain("grant:", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("127.0.0.1")]
    public void This_machine_is_one_place(string address) => Assert.Equal("127.0.0.0/24", Plura.Privacy.AuditRequests.Network(System.Net.IPAddress.Parse(address)));

    private static Task<List<string>> About(PluraApp app, TestAccount account) => Acts(app, "about = $1", account.OwnerId);

    /// <summary>Acts about nobody by nobody, since this entry.</summary>
    private static Task<List<string>> Nameless(PluraApp app, DateTimeOffset since) => Acts(app, "about is null and actor_id is null and at > $1", since);

    private static Task<DateTimeOffset> Last(PluraApp app) => Task.FromResult(app.Clock.GetUtcNow());

    private static async Task<List<string>> Acts(PluraApp app, string which, object value)
    {
        await using var open = await app.OpenOwner();
        return (await open.Rows($"select act from privacy.operator_audit_entry where {which} order by at, id", value)).ConvertAll(r => (string)r[0]!);
    }
}
