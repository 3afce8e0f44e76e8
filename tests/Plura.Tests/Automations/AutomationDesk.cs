using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plura.Automations;
using Plura.Platform;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Automations;

/// <summary>What tests of automations do again and again: draw one, let something happen, let the engine work, look where people stand.</summary>
internal static class AutomationDesk
{
    public static FlowStep Step(string kind, object? settings = null) => new(Guid.CreateVersion7(DateTimeOffset.UnixEpoch), kind, JsonSerializer.SerializeToNode(settings ?? new { })!.AsObject());

    public static FlowStep Letter(string subject = "Welcome") => Step("send_email", new { subject, html = "<p>Hello {{ contact.first_name | default: \"there\" }}</p>" });

    public static FlowBranch Branch(string name, object? who, params FlowStep[] steps) => new(Guid.CreateVersion7(DateTimeOffset.UnixEpoch), name, who is null ? null : JsonSerializer.SerializeToNode(who)!.AsObject(), steps);

    public static Flow When(string kind, Guid? thing, params FlowStep[] steps) => new() { Triggers = [new FlowTrigger(kind, thing)], Steps = steps };

    /// <summary>A tag of the account; made where it is new.</summary>
    public static Task<Guid> Tag(this TestAccount account, string name) => account.In(async services =>
        (await services.GetRequiredService<Plura.Contacts.TagBook>().FindOrMake([name], default))[0].Id);

    /// <summary>Drawn, published, on.</summary>
    public static async Task<Guid> Automation(this TestAccount account, Flow flow, string name = "Welcome")
    {
        var id = (await account.Api.PostJson("/api/v1/automations", new { name })).GetProperty("id").GetGuid();
        await account.Draw(id, flow);
        await account.Api.PostJson($"/api/v1/automations/{id}/publish", new { });
        return id;
    }

    /// <summary>Another drawing in its place; nothing of it runs yet.</summary>
    public static async Task Draw(this TestAccount account, Guid id, Flow flow)
    {
        var number = (await account.Api.GetJson($"/api/v1/automations/{id}")).GetProperty("draftNumber").GetInt32();
        using var answer = await account.Api.Send(HttpMethod.Put, $"/api/v1/automations/{id}", System.Net.Http.Json.JsonContent.Create(new { draftNumber = number, flow = JsonNode.Parse(flow.Json()) }), follow: false, accept: "application/json");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What the API answers, whatever it is.</summary>
    public static Task<HttpResponseMessage> Posts(this TestAccount account, string path, object body) =>
        account.Api.Send(HttpMethod.Post, $"/api/v1/{path}", System.Net.Http.Json.JsonContent.Create(body), follow: false, accept: "application/json");

    public static async Task Tagged(this TestAccount account, Guid contact, string tag) =>
        await account.Api.PostJson($"/api/v1/contacts/{contact}/tags", new { tags = new[] { tag } });

    /// <summary>All that automations of the account have to do now.</summary>
    public static Task Automate(this TestAccount account, PluraApp app) => app.Services.GetRequiredService<Engine>().RunDue(account.Id, CancellationToken.None);

    /// <summary>The same, and whatever it brings about: jobs and messages.</summary>
    public static async Task Automate(this CampaignLab lab)
    {
        await lab.Account.Automate(lab.Host);
        await lab.Settle();
        await lab.Account.Automate(lab.Host);
    }

    public static Task<long> Count(this TestAccount account, Guid automation, string state) =>
        account.Ask<long>("select count(*) from automations.run where automation_id = $1 and state = $2", automation, state)!;

    /// <summary>What happened to a contact, in order: <c>wait waits, wait went, add_tag done</c>.</summary>
    public static async Task<string> Story(this TestAccount account, Guid automation, Guid contact)
    {
        var run = await account.Ask<Guid>("select id from automations.run where automation_id = $1 and contact_id = $2 order by entry desc limit 1", automation, contact);
        var story = await account.Api.GetJson($"/api/v1/automations/runs/{run}");
        return string.Join(", ", story.GetProperty("history").EnumerateArray().Select(p => $"{p.GetProperty("kind").GetString()} {p.GetProperty("outcome").GetString()}"));
    }

    public static Task Happens(this TestAccount account, IEvent news) => account.In(async services =>
    {
        var db = services.GetRequiredService<PluraDb>();
        db.Publish(news);
        await db.SaveChangesAsync();
    });
}
