using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Messaging;
using Plura.Platform;
using Plura.Privacy;
using Plura.Tests.Architecture;
using Plura.Tests.Campaigns;

namespace Plura.Tests;

public sealed class OperatorPagesTests(PluraApp app)
{
    [Fact]
    public async Task No_page_of_the_desk_shows_anybodys_contact()
    {
        await using var own = await app.Another();
        var shop = await own.NewAccount("Zanzibar Bakery");
        (await shop.Api.Post("/api/v1/contacts", new { firstName = "Quirina", lastName = "Xanthopoulos", email = "quirina@unheard-of.example", phone = "+14155550123", consents = new[] { new { channel = "email", source = "Counter", wording = "May we?", date = "2026-10-01" } } })).Dispose();
        var campaign = await shop.Letter();
        await shop.Send(campaign);
        await shop.Settle(own);
        await own.HideOperator();
        await shop.AskForLetter();
        await own.TryUntilGivenUp();
        await own.ShowOperator();
        foreach (var code in (string[])["bounces", "send_spike"])
            await MisuseTests.Raise(own, shop, code);
        await own.Services.GetRequiredService<SendingWatch>().Look(default);
        var stop = await own.Ask<Guid>("select id from accounts.account_stop where account_id = $1", shop.Id);
        var agency = await own.Ask<Guid>("select agency_id from accounts.account where id = $1", shop.Id);

        var staff = await OperatorStaff.At(own);
        var walked = new List<string>();
        foreach (var route in EndpointRules.Ours(own.Services.GetRequiredService<EndpointDataSource>()).Where(e => EndpointRules.Pattern(e).StartsWith("/operator", StringComparison.OrdinalIgnoreCase) && EndpointRules.Methods(e).Contains("GET")))
        {
            var pattern = EndpointRules.Pattern(route);
            foreach (var id in pattern.Contains('{', StringComparison.Ordinal) ? (Guid[])[shop.Id, stop, agency] : [Guid.Empty])
            {
                var page = await staff.Browser.Get(System.Text.RegularExpressions.Regex.Replace(pattern, "{[^}]*}", id.ToString(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
                if (page.Status == HttpStatusCode.OK)
                    walked.Add(page.Url.AbsolutePath);
                foreach (var mark in (string[])["Quirina", "Xanthopoulos", "unheard-of", "4155550123", "555-0123", "Spring offer"])
                    Assert.DoesNotContain(mark, page.Html, StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.True(walked.Count >= 12, string.Join(", ", walked));
        // The walk sees: the account and its counted contact are there.
        Assert.Contains("Zanzibar Bakery", (await staff.Get("accounts")).Text, StringComparison.Ordinal);
        Assert.Contains((await staff.Get($"accounts/{shop.Id}")).All(".figure"), f => f.StartsWith("Contacts1", StringComparison.Ordinal));
        var file = await staff.Browser.Send(HttpMethod.Post, "/operator/log/export", new FilledForm((AngleSharp.Html.Dom.IHtmlFormElement)(await staff.Get("log")).Find("form[action='/operator/log/export']"), new Dictionary<string, object?>(StringComparer.Ordinal), null).Content(), follow: false);
        var text = await file.Content.ReadAsStringAsync();
        Assert.Contains("held the messages of Zanzibar Bakery because of signals", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Quirina", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_says_that_all_is_well_and_what_is_not()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        var well = await staff.Get("");
        Assert.Contains("All is well", well.Text, StringComparison.Ordinal);
        Assert.Contains(Wellbeing.Version, well.Text, StringComparison.Ordinal);
        Assert.Contains("Last seal outside the database", well.Text, StringComparison.Ordinal);
        Assert.Contains("Sent today", well.Text, StringComparison.Ordinal);
        await MisuseTests.Raise(own, shop, "complaints");
        await own.HideOperator();
        await shop.AskForLetter();
        await own.TryUntilGivenUp();
        await own.ShowOperator();
        // Over an hour went by: whoever was at the desk is signed out.
        var ill = await (await OperatorStaff.At(own)).Get("");
        Assert.DoesNotContain("All is well", ill.Text, StringComparison.Ordinal);
        Assert.Contains("1 account waits for your decision.", ill.Text, StringComparison.Ordinal);
        Assert.Contains("of work did not finish", ill.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_are_found_by_name_agency_and_state_with_what_they_send()
    {
        await using var own = await app.Another();
        var staff = await OperatorStaff.At(own);
        var house = await AgencyHouse.Open(own);
        await own.Do("insert into messaging.sending_day (account_id, day, accepted, bounced) values ($1, $2, 1940, 60)", house.Shop.Id, DateOnly.FromDateTime(own.Clock.GetUtcNow().UtcDateTime));
        Assert.Contains("Corner Bakery", (await staff.Get("accounts?q=bakery")).Find("tbody").TextContent, StringComparison.Ordinal);
        var byAgency = (await staff.Get("accounts?q=Sunrise")).Find("tbody").TextContent;
        Assert.Contains("Corner Bakery", byAgency, StringComparison.Ordinal);
        Assert.Contains("1,940", byAgency, StringComparison.Ordinal);
        Assert.Contains("3 %", byAgency, StringComparison.Ordinal);
        Assert.Contains("No account fits", (await staff.Get("accounts?q=100%25")).Text, StringComparison.Ordinal);
        await staff.Stop(house.Shop, "For a test");
        Assert.Contains("Corner Bakery", (await staff.Get("accounts?state=stopped")).Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Corner Bakery", (await staff.Get("accounts?state=open")).Find("tbody").TextContent, StringComparison.Ordinal);
        var agencies = (await staff.Get("agencies?q=sun")).Find("tbody");
        Assert.Contains("Sunrise Agency", agencies.TextContent, StringComparison.Ordinal);
        Assert.Equal("1,940", agencies.QuerySelector("[data-label='Sent in 30 days']")?.TextContent.Trim());
        Assert.Equal("3 %", agencies.QuerySelector("[data-label='Came back']")?.TextContent.Trim().Replace('\u00a0', ' '));
        Assert.DoesNotContain("never", agencies.QuerySelector("[data-label='Last seen']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Corner Bakery", (await staff.Get($"agencies/{await house.AgencyId()}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_the_settings_name_finds_the_desk_in_their_menu_and_nobody_else()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        Assert.Contains("The operator’s desk", (await staff.Browser.Get(staff.Own.Page("contacts"))).All(".menu-list a"));
        Assert.DoesNotContain("The operator’s desk", (await (await shop.SignIn()).Get(shop.Page("contacts"))).All(".menu-list a"));
    }

    [Fact]
    public async Task Long_lists_go_on_where_the_page_ended()
    {
        await using var own = await app.Another();
        await OperatorStaff.At(own);
        await own.In(null, async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            var agency = Agency.Found("many", "Many", own.Clock.GetUtcNow());
            db.Add(agency);
            for (var n = 0; n < DeskAccounts.PageSize + 5; n++)
                db.Add(Account.Open(agency.Id, $"many-{n}", "Same Name", "US", "Etc/UTC", "x@example.com", own.Clock.GetUtcNow()));
            await db.SaveChangesAsync();
            var desk = services.GetRequiredService<DeskAccounts>();
            var first = await desk.List("same name", null, null, null, default);
            var second = await desk.List("same name", null, null, first.Next, default);
            Assert.Equal((DeskAccounts.PageSize, 5, null), (first.Items.Count, second.Items.Count, second.Next));
            Assert.Empty(first.Items.Select(i => i.Id).Intersect(second.Items.Select(i => i.Id)));
        });
    }

    [Fact]
    public async Task Failed_work_of_any_account_is_tried_again_and_both_logs_tell_of_it()
    {
        await using var own = await app.Another();
        var shop = await own.NewAccount();
        await own.HideOperator();
        await shop.AskForLetter();
        await own.AskForLetter(shop.OwnerId);
        await own.TryUntilGivenUp();
        var staff = await OperatorStaff.At(own);
        var page = await staff.Get("work");
        Assert.Contains("2 pieces of work wait for a person", page.Text, StringComparison.Ordinal);
        Assert.Contains("Corner Bakery", page.Text, StringComparison.Ordinal);
        Assert.Contains("the installation itself", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("OccurrenceId", page.Html, StringComparison.Ordinal);
        await own.ShowOperator();
        Assert.Contains("We try it again: 2 pieces of work.", (await page.Submit("#retry-all form", new { })).Text, StringComparison.Ordinal);
        await own.Work();
        Assert.Equal(0, await own.Ask<long>("select count(*) from platform.outbox_message where dead_at is not null"));
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.audit_entry where act = 'operator.retry_work' and tenant_id = $1", shop.Id));
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'operator.retry_work'"));
    }

    [Fact]
    public async Task Providers_say_how_they_are_set_up_and_never_a_secret()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Email:Smtp:Host=mail.provider.example", "--Email:Smtp:User=postmaster", "--Email:Smtp:Password=hunter2-and-more", "--Authentication:Google:ClientId=client-id-of-ours", "--Authentication:Google:ClientSecret=a-secret-of-google");
        var staff = await OperatorStaff.At(own);
        own.Services.GetRequiredService<ProviderPulses>().Failed("email", "no connection could be opened; the log says why");
        var page = await staff.Get("providers");
        Assert.Contains("mail.provider.example:587", page.Text, StringComparison.Ordinal);
        Assert.Contains("Fails", page.Text, StringComparison.Ordinal);
        Assert.Contains("Not set up", page.Text, StringComparison.Ordinal);
        foreach (var secret in (string[])["hunter2", "postmaster", "a-secret-of-google", "client-id-of-ours"])
            Assert.DoesNotContain(secret, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_installations_log_is_filtered_and_its_export_is_on_record_with_hashes()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        await staff.Stop(shop, "For a test");
        var page = await staff.Get($"log?group={nameof(ActGroup.Access)}");
        Assert.Contains("Olivia Owner stopped the sending of Corner Bakery", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing here", (await staff.Get("log?from=2020-01-01&to=2020-01-02")).Text, StringComparison.Ordinal);
        Assert.Contains("stopped the sending", (await staff.Get($"log?about={shop.Id}")).Text, StringComparison.Ordinal);
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await staff.Get("log")).Find("form[action='/operator/log/export']");
        using var file = await staff.Browser.Send(HttpMethod.Post, "/operator/log/export", new FilledForm(form, new Dictionary<string, object?>(StringComparer.Ordinal), null).Content(), follow: false);
        var lines = (await file.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/csv", file.Content.Headers.ContentType?.MediaType);
        Assert.Contains(lines, l => l.Contains("operator.stop_account", StringComparison.Ordinal));
        Assert.All(lines.Skip(1), l => Assert.Matches(",[0-9a-f]{64}$", l));
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'operator.export_log'"));
        Assert.True((await own.Services.GetRequiredService<AuditVerification>().Run(default)).Ok);
    }

    [Fact]
    public async Task A_sign_up_stands_in_the_list_with_its_signals()
    {
        await using var own = await app.Another();
        var (staff, shop) = (await OperatorStaff.At(own), await own.NewAccount());
        await MisuseTests.Raise(own, shop, "disposable_domain");
        var line = (await staff.Get("sign-ups")).Document.QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("Corner Bakery", StringComparison.Ordinal)).TextContent;
        Assert.Contains("Signed up by a throw-away address", line, StringComparison.Ordinal);
        Assert.Contains("Olivia Owner", line, StringComparison.Ordinal);
    }
}
