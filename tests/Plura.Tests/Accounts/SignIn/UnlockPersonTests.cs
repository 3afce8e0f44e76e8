using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;

namespace Plura.Tests;

/// <summary><c>bin/plura user unlock</c>: somebody whose phone and codes are gone gets in again by their mailbox.</summary>
public sealed class UnlockPersonTests(PluraApp first)
{
    [Fact]
    public async Task The_command_turns_the_app_off_and_stands_in_the_installations_log()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.SignIn();
        await account.SetUpApp(app);
        var run = await ProductRun.Here(app, "user", "unlock", "--email", account.Owner().ToUpperInvariant());
        Assert.True(run.ExitCode == 0, run.Errors);
        var answer = JsonSerializer.Deserialize<JsonElement>(run.Out);
        Assert.Equal((account.OwnerId, true, 10), (answer.GetProperty("user").GetGuid(), answer.GetProperty("authenticatorTurnedOff").GetBoolean(), answer.GetProperty("recoveryCodesGone").GetInt32()));
        Assert.Equal(0L, await app.Ask<long>("select (select count(*) from accounts.authenticator where user_id = $1) + (select count(*) from accounts.recovery_code where user_id = $1)", account.OwnerId));
        Assert.Equal(1L, await app.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'account.unlock_person' and about = $1 and actor_kind = 'system'", account.OwnerId));
        Assert.Equal(1L, await app.Ask<long>("select count(*) from accounts.password_reset where user_id = $1", account.OwnerId));
    }

    [Theory]
    [InlineData("--email is missing.")]
    [InlineData("Nobody signs in by nobody@nowhere.example.", "--email", "nobody@nowhere.example")]
    public async Task Nobody_to_unlock_is_said_in_a_sentence(string says, params string[] options)
    {
        var run = await ProductRun.Here(first, ["user", "unlock", .. options]);
        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Contains(says, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_letter_leads_to_a_new_password_which_opens_without_a_code()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.SignIn();
        await account.SetUpApp(app);
        Assert.True((await app.In(null, services => services.GetRequiredService<UnlockPersonHandler>().Handle(new UnlockPerson { Email = account.Owner() }, CancellationToken.None))).Ok);
        // The letter about the app's set-up left at the same moment and is called the same: either may come first.
        Assert.Contains(await app.Letters(account.Owner()), l => l.Subject == "How you sign in was changed" && l.TextBody!.Contains("turned your authenticator app off", StringComparison.Ordinal));
        await (await app.NewBrowser().Get((await app.Letter(account.Owner(), "Choose a new password")).Link("/reset"))).Submit(null, new { Password = "seven green hats on a wall" });
        Assert.Equal($"/a/{account.Slug}", (await app.EnterFromElsewhere(account, "seven green hats on a wall")).Page.Url.AbsolutePath);
    }
}
