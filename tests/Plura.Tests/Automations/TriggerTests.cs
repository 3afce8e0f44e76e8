using Plura.Conversations.Contracts;
using Plura.Opportunities.Contracts;
using Plura.Tests.Campaigns;
using Plura.Tests.Messaging;
using Plura.Tests.Sites;
using static Plura.Tests.Automations.AutomationDesk;

namespace Plura.Tests.Automations;

/// <summary>What automations begin with, besides tags and new contacts.</summary>
public sealed class TriggerTests(PluraApp app)
{
    [Fact]
    public async Task What_is_changed_about_a_contact_begins_those_that_ask_for_it()
    {
        var account = await app.NewAccount();
        var any = await Listens(account, "contact_changed");
        var company = await Listens(account, "field_changed", Plura.Automations.Contracts.FixedThings.Id("field", "company"));
        var given = await Listens(account, "contact_assigned");
        var note = await Listens(account, "note_added");
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben"));
        await Patch(account, ann, new { company = "Bakery" });
        await Patch(account, ben, new { lastName = "Baker" });
        await account.Api.PostJson($"/api/v1/contacts/{ben}/notes", new { text = "Likes tea" });
        await account.Api.PostJson("/api/v1/contacts/bulk", new { @do = "assign", ids = new[] { ann }, assignee = account.OwnerId });
        await account.Automate(app);
        Assert.Equal((2L, 1L, 1L, 1L), (await account.Count(any, "done"), await account.Count(company, "done"), await account.Count(given, "done"), await account.Count(note, "done")));
        Assert.Equal(ann, await account.Ask<Guid>("select contact_id from automations.run where automation_id = $1", company));
    }

    [Fact]
    public async Task A_task_that_is_set_and_done_begins_them()
    {
        var account = await app.NewAccount();
        var (set, done) = (await Listens(account, "task_created"), await Listens(account, "task_done"));
        var ann = await account.Person("Ann");
        var task = (await account.Api.PostJson("/api/v1/tasks", new { title = "Call", contact = ann })).GetProperty("id").GetGuid();
        await account.Automate(app);
        Assert.Equal((1L, 0L), (await account.Count(set, "done"), await account.Count(done, "done")));
        (await account.Api.Send(HttpMethod.Post, $"/api/v1/tasks/{task}/complete")).Dispose();
        await account.Automate(app);
        Assert.Equal(1, await account.Count(done, "done"));
    }

    [Fact]
    public async Task A_letter_that_is_taken_opened_clicked_and_left_by_begins_them_each_in_its_moment()
    {
        string[] kinds = ["message_delivered", "message_opened", "message_clicked", "message_unsubscribed"];
        var automations = new List<Guid>();
        var letter = await SentLetter.Send(app, before: async account =>
        {
            foreach (var kind in kinds)
                automations.Add(await Listens(account, kind));
        });
        Assert.Equal("1 0 0 0", await Counts());
        await letter.Later();
        // A machine's opening begins nothing, a person's does, once.
        await Visit(letter.Open, "Mozilla/5.0");
        Assert.Equal("1 0 0 0", await Counts());
        await Visit(letter.Open, SentLetter.Human);
        await Visit(letter.Open, SentLetter.Human);
        Assert.Equal("1 1 0 0", await Counts());
        await Visit(letter.Links[0], SentLetter.Human);
        Assert.Equal("1 1 1 0", await Counts());
        await (await letter.Reader.Get(letter.Unsubscribe)).Submit(null, new { });
        Assert.Equal("1 1 1 1", await Counts());

        async Task<string> Counts()
        {
            await letter.Account.Automate(app);
            var counts = new List<long>();
            foreach (var automation in automations)
                counts.Add(await letter.Account.Count(automation, "done"));
            return string.Join(' ', counts);
        }
    }

    [Fact]
    public async Task What_a_contact_writes_begins_those_for_its_channel()
    {
        var account = await app.NewAccount();
        var any = await Listens(account, "replied");
        var sms = await Listens(account, "replied", Plura.Automations.Contracts.FixedThings.Id("channel", "sms"));
        var ann = await account.Person("Ann");
        await account.Happens(new MessageReceived(Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Guid.CreateVersion7(DateTimeOffset.UnixEpoch), ann, "email"));
        await account.Automate(app);
        Assert.Equal((1L, 0L), (await account.Count(any, "done"), await account.Count(sms, "done")));
        var ben = await account.Person("Ben");
        await account.Happens(new MessageReceived(Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Guid.CreateVersion7(DateTimeOffset.UnixEpoch), ben, "sms"));
        await account.Automate(app);
        Assert.Equal((2L, 1L), (await account.Count(any, "done"), await account.Count(sms, "done")));
    }

    [Fact]
    public async Task Who_fills_in_a_form_comes_into_those_for_that_form()
    {
        var account = await app.NewAccount();
        var (form, other) = (await account.Form(doubleOptIn: false), await account.Form(doubleOptIn: false));
        var mine = await Listens(account, "form_submitted", form.Id);
        var others = await Listens(account, "form_submitted", other.Id);
        await app.FillIn(form, "nora@visitors.example", tick: true);
        await account.Automate(app);
        Assert.Equal((1L, 0L), (await account.Count(mine, "done"), await account.Count(others, "done")));
    }

    [Theory]
    [InlineData("won", "opportunity_won")]
    [InlineData("lost", "opportunity_lost")]
    [InlineData("abandoned", "opportunity_abandoned")]
    [InlineData("open", "opportunity_reopened")]
    public async Task What_becomes_of_an_opportunity_begins_them(string to, string kind)
    {
        var account = await app.NewAccount();
        var automation = await Listens(account, kind);
        var (id, ann) = (Guid.CreateVersion7(DateTimeOffset.UnixEpoch), await account.Person("Ann"));
        foreach (var status in (string[])["won", "lost", "abandoned", "open"])
        {
            if (status != to)
                await account.Happens(new OpportunityStatusChanged(id, ann, "other", status));
        }

        await account.Automate(app);
        Assert.Equal(0, await account.Count(automation, "done"));
        await account.Happens(new OpportunityStatusChanged(id, ann, "other", to));
        await account.Automate(app);
        Assert.Equal(1, await account.Count(automation, "done"));
    }

    private async Task Visit(string path, string agent) => (await SentLetter.Visit(app, path, agent)).Dispose();

    private static Task<Guid> Listens(TestAccount account, string kind, Guid? thing = null) => account.Automation(When(kind, thing, Step("end")), kind);

    private static async Task Patch(TestAccount account, Guid contact, object change)
    {
        using var answer = await account.Api.Send(HttpMethod.Patch, $"/api/v1/contacts/{contact}", System.Net.Http.Json.JsonContent.Create(change));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
