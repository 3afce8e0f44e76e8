using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Opportunities;
using Plura.Tests.Contacts;

namespace Plura.Tests.Opportunities;

public sealed class OpportunityFieldsTests(PluraApp app)
{
    [Fact]
    public async Task The_page_asks_for_the_accounts_own_fields_and_shows_them()
    {
        var (account, ann) = await Ready(new KeepField { Label = "Work", Kind = "choices", Privacy = "none", Choices = ["Roof", "Gutter", "Solar"] }, new KeepField { Label = "Budget", Kind = "money", Privacy = "personal", Currency = "USD" });
        await account.SignIn();
        var form = await account.Browser.Get(account.Page($"opportunities/new?contact={ann}"));
        Dictionary<string, object?> typed = new(StringComparer.Ordinal) { ["Command.Name"] = "New roof", ["Command.Fields[budget]"] = "a lot", ["Chosen[work]"] = (string[])["Solar", "Roof"] };
        var refused = await form.Submit("main form[method=post]", typed);
        Assert.Contains("“Budget” takes an amount in USD, for example 1250.00.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(2, refused.All("[name='Chosen[work]'][checked]").Count());
        await refused.Submit("main form[method=post]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Fields[budget]"] = "1,250" });

        var id = await account.Ask<Guid>("select id from opportunities.opportunity");
        Assert.Equal(("Roof\nSolar", "1250.00"), ((await account.Card(id))!.Fields["work"], (await account.Card(id))!.Fields["budget"]));
        var page = await account.Browser.Get(account.Page($"opportunities/{id}"));
        Assert.Contains("$1,250", page.Text, StringComparison.Ordinal);
        var saved = await (await page.Click("Edit")).Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Fields[budget]"] = "" });
        Assert.DoesNotContain("$1,250", saved.Text, StringComparison.Ordinal);
        Assert.Equal("Roof\nSolar", Assert.Single((await account.Card(id))!.Fields).Value);
    }

    [Fact]
    public async Task The_api_takes_what_is_named_and_insists_on_what_must_be_filled_in()
    {
        var (account, ann) = await Ready(new KeepField { Label = "Offer", Kind = "number", Privacy = "none", Required = true }, new KeepField { Label = "Note", Kind = "text", Privacy = "none" });
        using (var lacking = await account.Api.Post("/api/v1/opportunities", new { name = "Roof", contact = ann }))
            Assert.Contains("must be filled in", await lacking.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var made = await account.Api.PostJson("/api/v1/opportunities", new { name = "Roof", contact = ann, fields = new { offer = "7.50", note = "by mail" } });
        var (id, version) = (made.GetProperty("id").GetGuid(), made.GetProperty("version").GetInt32());
        var same = await Patch(account, id, new { fields = new { note = "by mail" } });
        Assert.Equal((version, "7.5"), (same.GetProperty("version").GetInt32(), same.GetProperty("fields").GetProperty("offer").GetString()));
        Assert.Equal("by phone", (await Patch(account, id, new { fields = new { note = "by phone" } })).GetProperty("fields").GetProperty("note").GetString());
        using var unknown = await account.Api.Send(HttpMethod.Patch, $"/api/v1/opportunities/{id}", JsonContent.Create(new { fields = new { colour = "red", offer = "" } }), follow: false);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        var text = await unknown.Content.ReadAsStringAsync();
        Assert.Contains("Your opportunities have no field called", text, StringComparison.Ordinal);
        Assert.Contains("must be filled in", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_that_a_card_has_stays_and_a_deleted_field_takes_its_values_along()
    {
        var (account, ann) = await Ready(new KeepField { Label = "Work", Kind = "choice", Privacy = "none", Choices = ["Roof", "Gutter"] });
        var field = await account.Ask<Guid>("select id from contacts.custom_field where entity = 'opportunity'");
        var made = await account.TryOpportunity(new CreateOpportunity { Name = "Roof", Contact = ann, Fields = new() { ["work"] = "roof" } });
        await account.TryOpportunity(new CreateOpportunity { Name = "Nothing", Contact = ann });
        var refused = await Keep(account, new KeepField { Id = field, Entity = "opportunity", Label = "Work", Kind = "choice", Privacy = "none", Choices = ["Gutter"] });
        Assert.Equal("“Roof” is chosen once. Change that first, or leave it among the choices.", refused.Refusal?.Text);
        Assert.Equal("field.unique", (await Keep(account, new KeepField { Entity = "opportunity", Label = "Number", Kind = "text", Privacy = "none", Unique = true })).Refusal?.Code);
        await account.SignIn();
        Assert.Equal("1", (await account.Browser.Get(account.Page("settings/fields"))).All("#fields-opportunity td.num").Single());
        var gone = await account.In(s => s.GetRequiredService<DeleteFieldHandler>().Handle(new DeleteField { Id = field }, default));
        Assert.Equal(1, gone.Value);
        Assert.Empty((await account.Card(made.Value))!.Fields);
    }

    private async Task<(TestAccount Account, Guid Ann)> Ready(params KeepField[] fields)
    {
        var account = await app.NewAccount();
        await account.Pipeline();
        foreach (var field in fields)
            Assert.Null((await Keep(account, field with { Entity = "opportunity" })).Refusal);
        return (account, await account.Create("Ann"));
    }

    private static Task<Plura.Platform.Result<Guid>> Keep(TestAccount account, KeepField field) => account.In(s => s.GetRequiredService<KeepFieldHandler>().Handle(field, default));

    private static async Task<System.Text.Json.JsonElement> Patch(TestAccount account, Guid id, object body)
    {
        using var answer = await account.Api.Send(HttpMethod.Patch, $"/api/v1/opportunities/{id}", JsonContent.Create(body), follow: false);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
    }
}
