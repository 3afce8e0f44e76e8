using Plura.Tests.Automations;

namespace Plura.Tests.Architecture;

internal sealed partial class LivedIn
{
    /// <summary>Somebody waits in an automation.</summary>
    private async Task Automations(PluraApp app)
    {
        var flow = AutomationDesk.When("tag_added", await account.Tag("Waits"), AutomationDesk.Step("wait", new { amount = "1", unit = "days" }), AutomationDesk.Step("if") with { Branches = [AutomationDesk.Branch("Yes", new { field = "tag", op = "is", value = "Waits" }), AutomationDesk.Branch("Otherwise", null)] }, AutomationDesk.Letter());
        var automation = await account.Automation(flow);
        var will = (await account.Api.PostJson("/api/v1/contacts", new { firstName = "Will", tags = new[] { "Waits" } })).GetProperty("id").GetGuid();
        await account.Automate(app);
        Add("/automations", "id", automation);
        Add("/automations/runs", "id", await account.Ask<Guid>("select id from automations.run where contact_id = $1", will));
        queries["/a/{account}/automations/{id:guid}"] = ["?add=start", "?trigger=new", "?trigger=0", "?settings=true", .. flow.Steps.Select(s => $"?step={s.Id}")];
        queries["/a/{account}/automations/{id:guid}/runs"] = ["?state=going"];
    }
}
