using Plura.Tests.Automations;

namespace Plura.Tests.Architecture;

/// <summary>Samples of what is changed about automations.</summary>
internal sealed partial class WriteSamples
{
    private Dictionary<string, Func<Task<Func<Task>>>> OfAutomations => new(StringComparer.Ordinal)
    {
        ["POST /api/v1/automations"] = () => Now(() => Api("POST", "automations", new { name = "Welcome" })),
        ["PUT /api/v1/automations/{id:guid}"] = async () => Do(await Drawing(), id => Api("PUT", $"automations/{id}", new { draftNumber = 2, name = "Hello" })),
        ["POST /api/v1/automations/{id:guid}/publish"] = async () => Do(await Drawing(), id => Api("POST", $"automations/{id}/publish", new { })),
        ["POST /api/v1/automations/{id:guid}/off"] = async () => Do(await Automation(), id => Api("POST", $"automations/{id}/off")),
        ["POST /api/v1/automations/{id:guid}/on"] = async () => { var id = await Automation(); (await Api("POST", $"automations/{id}/off")).Dispose(); return () => Api("POST", $"automations/{id}/on"); },
        ["DELETE /api/v1/automations/{id:guid}"] = async () => Do(await Automation(), id => Api("DELETE", $"automations/{id}")),
        ["POST /api/v1/automations/{id:guid}/contacts"] = async () => { var (id, contact) = (await Automation(), await Ann()); return () => Api("POST", $"automations/{id}/contacts", new { contactIds = new[] { contact } }); },
        ["POST /api/v1/automations/{id:guid}/contacts/release"] = async () => { var (id, contact) = await Inside(); return () => Api("POST", $"automations/{id}/contacts/release", new { contactIds = new[] { contact } }); },
        ["POST /api/v1/automations/{id:guid}/retry"] = async () => { var (id, _) = await Failed(); return () => Api("POST", $"automations/{id}/retry", new { }); },
        ["POST /a/{account}/automations/enrol"] = async () => { var (id, contact) = (await Automation(), await Ann()); return await Form($"contacts/{contact}", "form[action$='/automations/enrol']", new { Automation = id }); },
        ["POST /a/{account}/automations/runs/{id:guid}/release"] = async () => { var (_, contact) = await Inside(); return await Form($"contacts/{contact}", "form[action$='/release']", new { }); },
        ["POST /a/{account}/automations/{id:guid}/retry"] = async () => { var (id, _) = await Failed(); return await Form($"automations/{id}/runs?state=failed", "form[action$='/retry']", new { }); },
        ["POST /api/v1/automations/runs/{id:guid}/answer"] = async () => { var run = await Asked(); return () => Api("POST", $"automations/runs/{run}/answer", new { yes = true }); },
        ["POST /a/{account}/automations/runs/{id:guid}/answer"] = async () => await Form($"automations/runs/{await Asked()}", "form[action$='/answer']", new { Yes = "true" }),
        ["POST /api/v1/automations/import"] = () => Now(() => Api("POST", "automations/import", new { recipe = "welcome" })),
        ["NewAutomationPage recipe"] = () => Form("automations/new", ".recipes", new { Recipe = "welcome" }),
        ["NewAutomationPage import"] = () => Form("automations/new", ".flow-import form", new { Text = "automation: Mine\nsteps: []" }),
        ["NewAutomationPage automation"] = () => Form("automations/new", "[name='Name']", new { Name = "Welcome" }),
        ["BuildPage publish"] = async () => await Form($"automations/{await Drawing()}", "[name=_handler][value=publish]", new { }),
        ["BuildPage turn"] = async () => await Form($"automations/{await Automation()}", "[name=_handler][value=turn]", new { }),
        ["BuildPage delete-automation"] = async () => await Form($"automations/{await Automation()}", "#delete-automation form", new { }),
        ["BuildPage automation-settings"] = async () => await Form($"automations/{await Drawing()}?settings=true", ".side-panel form", new { Name = "Hello", Again = "always" }),
        ["BuildPage trigger"] = async () => await Form($"automations/{await Drawing()}?trigger=new", ".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Kind"] = "contact_created", ["Do"] = "save" }),
        ["BuildPage add-step"] = async () => await Form($"automations/{await Drawing()}?add=start", ".side-panel form", new { Kind = "wait" }),
        ["BuildPage step"] = async () =>
        {
            var flow = Welcome();
            return await Form($"automations/{await Drawing(flow)}?step={flow.Steps[0].Id}", ".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["amount"] = "3", ["unit"] = "days", ["Do"] = "save" });
        },
    };

    private static Plura.Automations.Flow Welcome() => AutomationDesk.When("contact_created", null, AutomationDesk.Step("wait", new { amount = "1", unit = "days" }), AutomationDesk.Step("end"));

    private async Task<Guid> Drawing(Plura.Automations.Flow? flow = null)
    {
        var id = (await account.Api.PostJson("/api/v1/automations", new { name = $"Welcome {++number}" })).GetProperty("id").GetGuid();
        await account.Draw(id, flow ?? Welcome());
        return id;
    }

    /// <summary>Somebody waits in it.</summary>
    private async Task<(Guid Automation, Guid Contact)> Inside()
    {
        var (id, contact) = (await Automation(), await Ann());
        await account.Api.PostJson($"/api/v1/automations/{id}/contacts", new { contactIds = new[] { contact } });
        return (id, contact);
    }

    private async Task<(Guid Automation, Guid Contact)> Failed()
    {
        var (id, contact) = await Inside();
        await app.Do("update automations.run set state = 'failed', wake_at = null where automation_id = $1", id);
        return (id, contact);
    }

    /// <summary>A run that waits for a yes or a no.</summary>
    private async Task<Guid> Asked()
    {
        var (id, contact) = await Inside();
        await app.Do("update automations.run set awaits = 'approval', wake_at = null where automation_id = $1", id);
        return await account.Ask<Guid>("select id from automations.run where automation_id = $1 and contact_id = $2", id, contact);
    }

    private Task<Guid> Automation() => account.Automation(Welcome(), $"Welcome {++number}");
}
