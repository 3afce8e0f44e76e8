using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;

namespace Plura.Tests.Architecture;

/// <summary>
/// How each form outside any account is carried out, as <see cref="WriteSamples"/> does it for those inside: each prepares what it needs and
/// answers the press of the button. The doors stand here, a person's own pages and the desks in files of their own.
/// </summary>
internal sealed class OutsideSamples(PluraApp app)
{
    private const string Password = "seven green hats on a wall";
    private int number;

    /// <summary>By page and form.</summary>
    public Dictionary<string, Func<Task<Func<Task<WebPage>>>>> All => new(StringComparer.Ordinal)
    {
        ["SignUpPage sign-up"] = () => Form(app.NewBrowser(), "/sign-up", "[name='Command.BirthYear']", SignUp($"ann{++number}@people.example")),
        ["ConfirmEmailPage confirm-email"] = async () =>
        {
            var account = await app.NewAccount();
            await app.Do("update accounts.\"user\" set email_confirmed = false where id = $1", account.OwnerId);
            var link = await app.In(tenant: null, services => services.GetRequiredService<IAccountDirectory>().ConfirmationLink(account.OwnerId, default));
            return await Form(app.NewBrowser(), new Uri(link!).PathAndQuery, null, new { });
        },
        ["RatePage rate"] = async () =>
        {
            var account = await app.NewAccount();
            return await Form(app.NewBrowser(), await Conversations.InboxDesk.Asked(app, account), "[name='Command.Comment']", new { Score = "5" });
        },
        ["SignInPage sign-in"] = async () => await Form(app.NewBrowser(), "/sign-in", null, new { Email = (await app.NewAccount()).Owner(), TestAccount.Password }),
        ["SignInPage sign-in-passkey"] = async () =>
        {
            var account = await Inside();
            await account.Browser.AddPasskey();
            return await app.NewBrowser().Answer("/sign-in", account.OwnerId);
        },
        ["EnterCodePage enter-code"] = async () =>
        {
            var account = await Inside();
            var (_, codes) = await account.SetUpApp(app);
            var page = await app.NewBrowser().GivePassword(account);
            return () => page.GiveCode(codes[0]);
        },
        ["ForgotPasswordPage forgot"] = async () => await Form(app.NewBrowser(), "/forgot", null, new { Email = (await app.NewAccount()).Owner() }),
        ["ResetPasswordPage reset"] = async () =>
        {
            var account = await app.NewAccount();
            await (await app.NewBrowser().Get("/forgot")).Submit(null, new { Email = account.Owner() });
            return await Form(app.NewBrowser(), (await app.Letter(account.Owner(), "Choose a new password")).Link("/reset"), null, new { Password });
        },
        ["JoinPage join"] = async () => await Form(app.NewBrowser(), await Invited($"guest{++number}@people.example"), "[name='Command.BirthYear']", new { Name = "Gus Guest", Password, BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true }),
        ["JoinPage accept"] = async () =>
        {
            var user = await app.NewUser();
            return await Form(user.Browser, await Invited(user.Email), "[name=_handler][value=accept]", new { });
        },
        ["NotMePage not-me"] = async () =>
        {
            var account = await Inside();
            await app.EnterFromElsewhere(account);
            return await Form(app.NewBrowser(), (await app.Letter(account.Owner(), "New sign-in: A program")).Link("/not-me"), null, new { });
        },
        ["ConfirmNewEmailPage confirm-new-email"] = async () => await Form(app.NewBrowser(), (await Moving()).Confirm, null, new { }),
        ["StopEmailChangePage stop-email-change"] = async () => await Form(app.NewBrowser(), (await Moving()).Stop, null, new { }),
        ["ConfirmItIsYouPage confirm-password"] = async () => await Form((await Inside()).Browser, "/confirm-it-is-you", "[name='Password.Password']", new { TestAccount.Password }),
        ["ConfirmItIsYouPage confirm-code"] = async () =>
        {
            var account = await Inside();
            var (_, codes) = await account.SetUpApp(app);
            return await Form(account.Browser, "/confirm-it-is-you", "[name='Code.Code']", new { Code = codes[0] });
        },
        ["ConfirmItIsYouPage confirm-passkey"] = async () =>
        {
            var account = await Inside();
            await account.Browser.AddPasskey();
            return await account.Browser.Answer("/confirm-it-is-you", account.OwnerId);
        },
        ["ContactPage write"] = async () =>
        {
            var page = await app.NewBrowser().Get("/contact");
            // Whoever writes faster than a person is taken for a program.
            app.Clock.Advance(TimeSpan.FromSeconds(5));
            return () => page.Submit("[name=visit]", new { Name = "Vera Visitor", Email = "vera@visitors.example", Message = "When do you open?" });
        },
    };

    /// <summary>Opens the page; the answer presses the form's button.</summary>
    public static async Task<Func<Task<WebPage>>> Form(Browser browser, string page, string? form, object fields, string? button = null)
    {
        var open = await browser.Get(page);
        return () => open.Submit(form, fields, button);
    }

    private static object SignUp(string email) =>
        new { Name = "Ann Example", Email = email, Password, Business = "Ann's Flowers", Country = "US", TimeZone = "America/New_York", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true };

    private async Task<TestAccount> Inside()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        return account;
    }

    private async Task<string> Invited(string email)
    {
        var account = await app.NewAccount();
        await account.In(services => services.GetRequiredService<InvitePeopleHandler>().Handle(new InvitePeople { Emails = email }, default));
        return await app.InvitationLink(account, email);
    }

    /// <summary>Somebody who asked for another address, and what both addresses got.</summary>
    private async Task<(string Confirm, string Stop)> Moving()
    {
        var (account, wanted) = (await Inside(), $"new{++number}@people.example");
        await (await account.Browser.Get("/me/email")).Submit("[name='Command.Email']", new { Email = wanted, TestAccount.Password });
        return ((await app.Letter(wanted, "Confirm your new e-mail address")).Link("/confirm-new-email"), (await app.Letter(account.Owner(), "Your e-mail address is about to change")).Link("/stop-email-change"));
    }
}
