using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Plura.Tests.Architecture;

/// <summary>
/// Somebody fills every form of their own account, and of their own agency's desk, with the ids of another account's like things, in the
/// fields, in the address and in both, with a valid token: nothing of the other account is shown, nothing of it changes, and nothing of
/// their own leads to it afterwards.
/// </summary>
public sealed partial class ForeignFormsTests(PluraApp app)
{
    private const string Mark = "Zanzibar";

    [Fact]
    public async Task No_form_reaches_into_another_account_whatever_ids_it_carries()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Accounts:SignIn:TriesPerMinute=100000");
        var (ours, theirs) = (await own.NewAccount("Zanzibar Bakery"), await own.NewAccount("Next Door"));
        await LivedIn.In(own, ours);
        await own.Do("update contacts.contact set first_name = 'Zanzibar' where tenant_id = $1", ours.Id);
        await own.Do("update accounts.role set name = 'Zanzibar ' || name where tenant_id = $1", ours.Id);
        await own.Do("update accounts.team set name = 'Zanzibar ' || name where tenant_id = $1", ours.Id);
        var home = await LivedIn.In(own, theirs);
        var browser = await theirs.SignIn();
        var foreign = await Rows.Counterparts(own, theirs, ours);
        // Whoever runs the installation may act on every account.
        var forms = (await PageForms.Of(own, home, browser)).Where(f => !f.Target.StartsWith("/operator", StringComparison.Ordinal)).ToList();
        var before = await Rows.Of(own, ours);
        var (wrong, tried) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var form in forms)
        {
            var (fields, swapped) = (Fields(form.Form, new Dictionary<string, string>(StringComparer.Ordinal)), Fields(form.Form, foreign));
            (string Target, List<KeyValuePair<string, string>> Fields)[] attacks = [(form.Target, swapped), (Swap(form.Target, foreign), fields), (Swap(form.Target, foreign), swapped)];
            foreach (var (target, values) in attacks.Where(a => a.Target != form.Target || !a.Fields.SequenceEqual(fields)).DistinctBy(a => (a.Target, string.Join('&', a.Fields))))
            {
                using var content = Content(form.Form, values);
                using var answer = await browser.Send(HttpMethod.Post, target, content, follow: false);
                if (target == form.Target && answer.StatusCode == HttpStatusCode.BadRequest)
                    wrong.Add($"{form.Name} was not reached at {target}: {(int)answer.StatusCode}");
                if ((await answer.Content.ReadAsStringAsync()).Contains(Mark, StringComparison.OrdinalIgnoreCase))
                    wrong.Add($"{form.Name} at {target} showed “{Mark}”");
                tried.Add(form.Name);
                if (answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) == true)
                    await theirs.SignIn();
            }
        }

        var after = await Rows.Of(own, ours);
        Assert.True(before == after, "Somebody from outside changed: " + Rows.Changed(before, after));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        // A draft may name a search that is not there: whoever reads its audience is refused (ReviewCampaignTests).
        Assert.DoesNotContain(await Rows.Mentions(own, theirs, [.. foreign.Values.Distinct(StringComparer.Ordinal)]), m => !m.StartsWith("campaigns.campaign:", StringComparison.Ordinal));
        // Fields, addresses, and both desks were among them.
        foreach (var name in (string[])["ContactsPage selected", "BinPage restore", "ShowContactPage assign", "TeamsPage team", "AgencyAccountPage pause-account", "AgencySnapshotPage stamp-snapshot", "AppPage app"])
            Assert.Contains(name, tried);
        Assert.True(tried.Count > 30, $"Only {tried.Count} forms carry ids: {string.Join(", ", tried)}");
    }

    [Fact]
    public async Task A_change_and_a_mention_would_be_seen()
    {
        var (ours, theirs) = (await app.NewAccount(), await app.NewAccount());
        var before = await Rows.Of(app, ours);
        await ours.Colleague(app);
        Assert.Contains("accounts.membership", Rows.Changed(before, await Rows.Of(app, ours)), StringComparison.Ordinal);
        await app.Do("update accounts.agency_member set user_id = $2 where user_id = $1", theirs.OwnerId, ours.OwnerId);
        Assert.Equal(["accounts.agency_member: 1"], await Rows.Mentions(app, theirs, [ours.OwnerId.ToString()]));
    }

    /// <summary>What a browser would send, each id replaced; where there is something to choose, a thing is chosen, because an empty choice tries nothing.</summary>
    private static List<KeyValuePair<string, string>> Fields(IHtmlFormElement form, Dictionary<string, string> ids)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var control in form.Elements.OfType<IElement>().Where(e => e.GetAttribute("name") is { Length: > 0 } && !e.HasAttribute("disabled")))
        {
            var name = control.GetAttribute("name")!;
            var value = control switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio" } box => box.HasAttribute("checked") || Id().IsMatch(box.GetAttribute("value") ?? "") ? box.GetAttribute("value") ?? "on" : null,
                IHtmlInputElement { Type: "submit" or "button" or "image" or "reset" or "file" } => null,
                IHtmlInputElement input => input.Value,
                IHtmlSelectElement select => (select.Options.FirstOrDefault(o => Id().IsMatch(o.Value)) ?? select.Options.FirstOrDefault(o => o.IsSelected))?.Value,
                IHtmlTextAreaElement area => area.Value.Length > 0 ? area.Value : "A reason",
                IHtmlButtonElement button => fields.Exists(f => f.Key == name) ? null : button.GetAttribute("value"),
                _ => null,
            };
            if (value is not null)
                fields.Add(KeyValuePair.Create(name, name.StartsWith('_') ? value : Swap(value, ids)));
        }

        return fields;
    }

    private static HttpContent Content(IHtmlFormElement form, List<KeyValuePair<string, string>> fields)
    {
        if (!string.Equals(form.GetAttribute("enctype"), "multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return new FormUrlEncodedContent(fields);
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        return content;
    }

    private static string Swap(string text, Dictionary<string, string> ids) => Id().Replace(text, found => ids.GetValueOrDefault(found.Value, found.Value));

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
