using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>Something by which lists can ask.</summary>
/// <param name="Word">As in filters: <c>city</c>, <c>fields.size</c>, <c>activity.opened</c>.</param>
/// <param name="Text">What people read.</param>
/// <param name="Group">Under which heading it is offered.</param>
/// <param name="Choices">What can be chosen; empty where something is typed.</param>
public sealed record FilterField(string Word, string Text, string Group, FilterKind Kind, IReadOnlyList<Choice> Choices)
{
    public IReadOnlyList<FilterOp> Ops => FilterOps.Of(Kind, Choices.Count > 0);
}

/// <summary>All by which the person at hand can ask, with what can be chosen.</summary>
public sealed class FilterBook(PluraDb db, FieldBook fieldBook, Assignees assignees, Filters filters, IEnumerable<IActivityThings> things)
{
    private const string Person = "The person";
    private const string Happened = "What happened";
    private const string Own = "Your own fields";
    private const string Employer = "Their company";
    private const string CompanyField = "company_id";

    /// <summary>How many companies are offered, the newest; any other is chosen by its name.</summary>
    public const int MostCompanies = 200;

    private IReadOnlyList<FilterField>? all;

    public async Task<IReadOnlyList<FilterField>> All(CancellationToken ct) => all ??= [.. await BuiltIn(ct), .. await Activities(ct), .. await Fields(CustomField.OnContacts, "", Own, ct), .. AtWork, .. await Fields(CustomField.OnCompanies, FilterWriter.EmployerPrefix, Employer, ct)];

    /// <summary>Puts companies that were typed by their name among those that are chosen, and says beside a line where none, or more than one, is meant.</summary>
    public async Task Find(ListForm form, CancellationToken ct)
    {
        foreach (var line in form.Root.Everything.Where(n => n.Find.Length > 0))
        {
            if (line.Field != CompanyField)
            {
                line.Find = "";
                continue;
            }

            var normal = ContactText.Fold(line.Find);
            var found = await db.Companies.AsNoTracking().Where(c => c.Normal == normal).Select(c => c.Id).ToListAsync(ct);
            if (found.Count == 0 && ListContactsHandler.Words(line.Find) is { Length: > 0 } words)
                found = await db.Database.SqlQuery<Guid>($"""select company_id as "Value" from contacts.search_company({words}, 2)""").ToListAsync(ct);
            if (found is [var one])
            {
                line.Values = [.. line.Values.Append(one.ToString()).Distinct(StringComparer.OrdinalIgnoreCase)];
                line.Find = "";
                continue;
            }

            line.Error = found.Count == 0 ? $"You have no company called “{line.Find}”." : $"More than one company fits “{line.Find}”. Write the whole name.";
        }
    }

    /// <summary>The same, with the companies by which these filters ask among what can be chosen, however old they are.</summary>
    public async Task<IReadOnlyList<FilterField>> With(IEnumerable<BuilderNode> lines, CancellationToken ct)
    {
        var fields = await All(ct);
        var companies = fields.First(f => f.Word == CompanyField);
        var further = lines.Where(n => n.Field == CompanyField).SelectMany(n => n.Values).Select(v => Guid.TryParse(v, out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty && companies.Choices.All(c => c.Value != id.ToString())).Distinct().ToList();
        if (further.Count == 0)
            return fields;
        var names = await db.Companies.AsNoTracking().Where(c => further.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var all = companies with { Choices = [.. companies.Choices, .. further.Select(id => new Choice(id.ToString(), names.GetValueOrDefault(id, "A company that is deleted, or that you do not see")))] };
        return [.. fields.Select(f => f == companies ? all : f)];
    }

    private async Task<IReadOnlyList<FilterField>> BuiltIn(CancellationToken ct)
    {
        var tags = await db.Tags.AsNoTracking().OrderBy(t => t.Normal).Select(t => new Choice(t.Name, t.Name)).ToListAsync(ct);
        List<Choice> people = [new("me", "Whoever looks"), .. (await assignees.Everybody(ct)).Select(p => new Choice(p.Id.ToString(), p.Name))];
        var companies = (await db.Companies.AsNoTracking().OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(MostCompanies).OrderBy(c => c.Normal).Select(c => new { c.Id, c.Name }).ToListAsync(ct))
            .ConvertAll(c => new Choice(c.Id.ToString(), c.Name));
        return
        [
            Plain("text", "Name or address", FilterKind.Words), Plain("name", "Name", FilterKind.Text), new("tag", "Tag", Person, FilterKind.Tag, tags),
            Plain("email", "E-mail address", FilterKind.Address), Plain("phone", "Phone number", FilterKind.Address),
            Plain("company", "Company's name", FilterKind.Text), new(CompanyField, "Company", Person, FilterKind.Company, companies),
            new("assignee", "Assigned to", Person, FilterKind.Person, people), new("follower", "Followed by", Person, FilterKind.Person, people),
            new("permission.email", "Marketing e-mail", Person, FilterKind.Permission, Permissions.Choices), new("permission.sms", "Marketing texts", Person, FilterKind.Permission, Permissions.Choices),
            Plain("source", "Source", FilterKind.Text), Plain("created", "Added", FilterKind.Moment), Plain("changed", "Changed", FilterKind.Moment),
            Plain("date_of_birth", "Date of birth", FilterKind.Day), Plain("street", "Street", FilterKind.Text), Plain("postal_code", "Postal code", FilterKind.Text),
            Plain("city", "City", FilterKind.Text), Plain("region", "State or region", FilterKind.Text), new("country", "Country", Person, FilterKind.Country, Places.Countries),
            Plain("time_zone", "Time zone", FilterKind.Text),
        ];
    }

    private async Task<IReadOnlyList<FilterField>> Activities(CancellationToken ct)
    {
        var kinds = new Dictionary<string, IReadOnlyList<Choice>>(StringComparer.Ordinal);
        foreach (var kind in things)
            kinds[kind.Kind] = [.. (await kind.Newest(ct)).Select(t => new Choice(t.Id.ToString(), t.Name))];
        return [.. (await filters.Facts(ct)).Activities.Values.OrderBy(a => a.Order)
            .Select(a => new FilterField(FilterWriter.ActivityPrefix + a.Word, a.Text, Happened, FilterKind.Activity, a.Things is null ? [] : kinds.GetValueOrDefault(a.Things, [])))];
    }

    private async Task<IReadOnlyList<FilterField>> Fields(string entity, string prefix, string group, CancellationToken ct) =>
        [.. (await fieldBook.Every(entity, ct)).Select(f => new FilterField($"{prefix}fields.{f.Key}", f.Label, group, KindOf(f), Choices(f)))];

    private static IEnumerable<FilterField> AtWork =>
    [
        new("company.city", "City", Employer, FilterKind.Text, []), new("company.region", "State or region", Employer, FilterKind.Text, []), new("company.postal_code", "Postal code", Employer, FilterKind.Text, []),
        new("company.country", "Country", Employer, FilterKind.Country, Places.Countries), new("company.website", "Website", Employer, FilterKind.Text, []),
    ];

    private static FilterField Plain(string word, string text, FilterKind kind) => new(word, text, Person, kind, []);

    private static FilterKind KindOf(CustomField field) => field.Kind switch
    {
        CustomField.Number or CustomField.Money => FilterKind.Number,
        CustomField.Date => FilterKind.Day,
        CustomField.Checkbox => FilterKind.YesNo,
        CustomField.Choice or CustomField.Multiple => FilterKind.Choice,
        CustomField.File => FilterKind.File,
        _ => FilterKind.Text,
    };

    private static IReadOnlyList<Choice> Choices(CustomField field) =>
        field.Kind == CustomField.Checkbox ? [new("true", "Yes"), new("false", "No")] : [.. field.Choosable().Select(c => new Choice(c, c))];
}
