using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Tests.Architecture;

namespace Plura.Tests.Privacy;

/// <summary>
/// Every change leaves exactly one entry. Which changes there are is asked of the route table and of the pages as an account in which
/// everything has happened sees them; how each is done stands in <see cref="WriteSamples"/>, and one that is missing there fails here.
/// </summary>
public sealed partial class AuditCompletenessTests(PluraApp app)
{
    /// <summary>Commands that never leave an entry under their own name: the act under which they leave it, or in a sentence why they leave none.</summary>
    private static readonly Dictionary<string, string> SaysItself = new(StringComparer.Ordinal)
    {
        ["AcceptInvitation"] = "account.join",
        ["InvitePeople"] = "account.invite",
        ["ResendInvitation"] = "account.invite_again",
        ["ResetPassword"] = "account.change_password",
        ["ConfirmNewEmail"] = "account.change_email",
        ["CreateAccount"] = "agency.create_account",
        ["OfferAccount"] = "agency.offer_account",
        ["PauseAccount"] = "agency.pause_account",
        ["CloseUntakenAccount"] = "agency.close_account",
        ["ReopenUntakenAccount"] = "agency.reopen_account",
        ["ResumeAccount"] = "agency.resume_account",
        ["PutAtDesk"] = "agency.put_at_desk",
        ["TakeFromDesk"] = "agency.take_from_desk",
        ["EditBrand"] = "agency.edit_brand",
        ["CheckMailDomain"] = "agency.check_mail_domain",
        ["ClaimHost"] = "agency.claim_host",
        ["ConfirmHost"] = "agency.confirm_host",
        ["DropHost"] = "agency.drop_host",
        ["KeepApp"] = "agency.keep_app",
        ["AppSecret"] = "agency.app_secret",
        ["DeleteApp"] = "agency.delete_app",
        ["GrantSupport"] = "support.grant",
        ["EndSupport"] = "support.end",
        ["EnterAsSupport"] = "support.enter",
        ["LeaveSupport"] = "support.leave",
        ["StopAccount"] = "operator.stop_account",
        ["DecideStop"] = "operator.release_account",
        ["VouchForAccount"] = "operator.vouch",
        ["RetryAnyWork"] = "operator.retry_work",
        ["SettleStrangers"] = "operator.settle_strangers",
        ["TryKeptMail"] = "operator.try_mail",
        ["DeleteKeptMail"] = "operator.delete_mail",
        ["ReceiveMail"] = "somebody outside does it, and the message is there to see",
        ["BeginChat"] = "a visitor outside does it, and what they write is there to see",
        ["WriteInChat"] = "a visitor outside does it, and the message is there to see",
        ["IntroduceVisitor"] = "a visitor outside does it, and a note in the conversation says so",
        ["KeepDraft"] = "nobody else sees it, and what is sent leaves an entry of its own",
        ["MeasureAnswer"] = "counts characters while somebody types, and keeps nothing",
        ["ShowPresence"] = "says only that somebody looks, which their reading says",
        ["AskForHelp"] = "writes into the operator's account, where the message is there to see",
        ["ListAutomations"] = "it only looks",
        ["GetAutomation"] = "it only looks",
        ["ReadAutomationText"] = "it only looks",
        ["ListCampaigns"] = "it only looks",
        ["ListActivity"] = "it only looks",
        ["ListCompanies"] = "it only looks",
        ["ListOperatorLog"] = "it only looks",
        ["CampaignDraft"] = "looks, or campaigns.create and campaigns.edit",
        ["Audience"] = "it only looks",
    };

    [Fact]
    public void Every_route_that_changes_something_has_a_sample_or_a_reason()
    {
        var routes = EndpointRules.Ours(app.Services.GetRequiredService<EndpointDataSource>()).Where(e => !EndpointRules.IsPage(e))
            .SelectMany(e => EndpointRules.Methods(e).Where(m => m is not ("GET" or "HEAD" or "OPTIONS")).Select(m => $"{m} {EndpointRules.Pattern(e)}")).ToHashSet(StringComparer.Ordinal);
        var known = new WriteSamples(app, null!).All.Keys.Concat(WriteSamples.Reasons.Keys).Where(k => k.Contains('/', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(routes.Except(known, StringComparer.Ordinal));
        Assert.Empty(known.Except(routes, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_form_of_a_page_has_a_sample_or_a_reason()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var inside = await account.SignIn();
        var home = await LivedIn.In(own, account);
        var found = new HashSet<string>(StringComparer.Ordinal);
        // Some pages are for whoever is signed in, some for whoever is not.
        found.UnionWith((await PageForms.Of(own, home, inside, own.NewBrowser())).Where(f => f.Handler is not null).Select(f => f.Name));
        var known = new WriteSamples(own, account).All.Keys.Concat(WriteSamples.Reasons.Keys).Concat(OutsideForms.All.Keys).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(found.Except(known, StringComparer.Ordinal));
        Assert.True(found.Count > 50, $"Only {found.Count} forms were found: {string.Join(", ", found)}");
    }

    [Fact]
    public async Task Every_change_leaves_exactly_one_entry_by_whoever_made_it()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.SignIn();
        var acts = own.Services.GetServices<IModule>().SelectMany(m => m.Acts).ToDictionary(a => a.Act, StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var (name, prepare) in new WriteSamples(own, account).All)
        {
            try
            {
                var write = await prepare();
                var before = (await account.Log(own)).Count;
                await write();
                var left = (await account.Log(own)).Skip(before).Where(e => acts.GetValueOrDefault(e.Act)?.Group != ActGroup.Look).ToList();
                var actor = name.StartsWith("POST /a/", StringComparison.Ordinal) || !name.Contains('/', StringComparison.Ordinal) ? "user" : name.Contains("/api/", StringComparison.Ordinal) ? "token" : "visitor";
                if (left.Count != 1)
                    wrong.Add($"{name} left {left.Count} entries: {string.Join(", ", left.Select(e => e.Act))}");
                else if (left[0].ActorKind != actor || left[0].Outcome != "done")
                    wrong.Add($"{name} is said to be {left[0].Outcome} by {left[0].ActorKind}");
                else if (!acts.ContainsKey(left[0].Act))
                    wrong.Add($"{name} is called {left[0].Act}, which has no words in any module");
                else
                    TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {left[0].Act} about {left[0].Kind ?? "nothing"} {left[0].About}");
            }
            catch (Exception error) when (error is InvalidOperationException or Xunit.Sdk.XunitException or KeyNotFoundException)
            {
                wrong.Add($"{name} could not be done: {error.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_act_that_a_handler_notes_by_itself_has_words()
    {
        var words = app.Services.GetServices<IModule>().SelectMany(m => m.Acts).Select(a => a.Act).ToHashSet(StringComparer.Ordinal);
        var noted = SourceRules.Files("src", ".cs", ".razor").SelectMany(f => Noted().Matches(File.ReadAllText(f)).Select(m => m.Groups["act"].Value)).ToHashSet(StringComparer.Ordinal);
        Assert.True(noted.Count > 10, $"Only {noted.Count} acts were found in the source.");
        Assert.Empty(noted.Except(words, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_act_outside_an_account_has_words()
    {
        var words = app.Services.GetServices<IModule>().SelectMany(m => m.Acts).Select(a => a.Act).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(OutsideForms.All.Values.Where(act => !act.Contains(' ', StringComparison.Ordinal)).Except(words, StringComparer.Ordinal));
    }

    /// <summary>What a handler saves without saying more is kept under its command's name.</summary>
    [Fact]
    public void Every_command_has_words_or_says_by_itself_what_it_did()
    {
        var words = app.Services.GetServices<IModule>().SelectMany(m => m.Acts).Select(a => a.Act).ToHashSet(StringComparer.Ordinal);
        var commands = app.Services.GetServices<IModule>().Select(m => m.GetType().Assembly).Distinct().SelectMany(a => a.GetTypes())
            .Where(t => t.Name.EndsWith("Handler", StringComparison.Ordinal)).SelectMany(t => t.GetMethods().Where(m => m.Name == "Handle").Select(m => m.GetParameters()[0].ParameterType))
            .Where(t => t.Namespace?.StartsWith("Plura.", StringComparison.Ordinal) == true).ToHashSet();
        Assert.True(commands.Count > 80, $"Only {commands.Count} commands were found.");
        var without = commands.Where(c => !words.Contains(Acts.Of(c))).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(without.Except(SaysItself.Keys, StringComparer.Ordinal));
        Assert.Empty(SaysItself.Keys.Except(without, StringComparer.Ordinal));
        Assert.Empty(SaysItself.Values.Where(act => !act.Contains(' ', StringComparison.Ordinal)).Except(words, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_people_change_about_themselves_stands_in_the_log_with_words()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await own.SignedIn($"owner@{account.Slug}.example");
        var browser = await account.SignIn();
        await (await browser.Get("/me")).Submit("[name='Command.Name']", new { Name = "Olivia Other" });
        await (await browser.Get("/me/notifications")).Submit("[name=app]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["app"] = Array.Empty<string>(), ["mail"] = new[] { "campaign_finished" } });
        await (await browser.Get("/me/sessions")).Submit("[name=_handler][value=end-others]", new { });
        var words = own.Services.GetServices<IModule>().SelectMany(m => m.Acts).ToDictionary(a => a.Act, StringComparer.Ordinal);
        await using var open = await own.OpenOwner();
        var acts = (await open.Rows("select act from privacy.operator_audit_entry where actor_id = $1 union select act from privacy.audit_entry where actor_id = $1", account.OwnerId)).Select(r => (string)r[0]!).ToList();
        foreach (var act in (string[])["account.edit_profile", "account.choose_notices", "account.end_sessions"])
            Assert.Contains(act, acts);
        Assert.All(acts, act => Assert.Contains(act, words));
    }

    [GeneratedRegex(@"audit\.(?:Note|Draft)\(""(?<act>[a-z_.]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Noted();
}
