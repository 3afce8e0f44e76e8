using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plura.Automations.Contracts;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>What the builder's forms have in common: they read what was posted, and save one change of the drawing that was seen.</summary>
public sealed class FlowEditor(EditAutomationHandler edit)
{
    public async Task<Refusal?> Save(AutomationView view, Flow flow, CancellationToken ct)
    {
        using var json = JsonDocument.Parse(flow.Json());
        return (await edit.Handle(new EditAutomation { Id = view.Id, DraftNumber = view.DraftNumber, Flow = json.RootElement }, ct)).Refusal;
    }

    /// <summary>Null for a page that is only looked at.</summary>
    public static IFormCollection? Posted(HttpContext http, string form) =>
        HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType && http.Request.Form["_handler"] == form ? http.Request.Form : null;

    /// <summary>The form was filled in before an older drawing.</summary>
    public static Refusal? Stale(AutomationView view, IFormCollection form) =>
        form["Seen"] == view.DraftNumber.ToString(System.Globalization.CultureInfo.InvariantCulture) ? null : Data.AutomationsDb.ChangedElsewhere;

    /// <summary>Whether it is among what can be chosen, or stood there before.</summary>
    public static bool Offered(IReadOnlyDictionary<string, IReadOnlyList<Thing>> things, string? kind, string? id, string? before) =>
        string.IsNullOrEmpty(id) || id == before || (kind is not null && things.GetValueOrDefault(kind, []).Any(t => t.Id.ToString() == id));

    /// <summary>What the form of a step says; refused where something was chosen that is not there.</summary>
    public static Result<JsonObject> Settings(StepKind kind, IFormCollection form, FlowStep step, Flow flow, FlowBook book, IReadOnlyDictionary<string, IReadOnlyList<Thing>> things)
    {
        var settings = new JsonObject();
        foreach (var field in kind.Fields)
        {
            var value = form[field.Name].ToString().ReplaceLineEndings("\n");
            if ((field.Kind == StepFields.Thing && !Offered(things, field.Things, value, step.Settings[field.Name]?.ToString()))
                || (field.Kind == StepFields.Step && value.Length > 0 && flow.All.All(s => s.Id.ToString() != value)))
                return Gone(field.Name);
            if (value.Length > 0)
                settings[field.Name] = value;
            if (field.Kind != StepFields.Happening || book.Trigger(value)?.Things is not { } asked || form["thing"].ToString() is not { Length: > 0 } thing)
                continue;
            if (!Offered(things, asked, thing, step.Settings["thing"]?.ToString()))
                return Gone("thing");
            settings["thing"] = thing;
        }

        return settings;
    }

    public static Refusal Gone(string field) => Refusal.Invalid("automation.thing", "This is not there any more. Choose another one.", field);
}
