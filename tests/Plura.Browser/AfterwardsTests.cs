using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plura.Accounts.Contracts;
using Plura.Contacts;
using Plura.Opportunities;
using Plura.Platform;

namespace Plura.Browser;

/// <summary>What one comes back to later: bins that say when each ends, a merge that can be taken back, columns that are kept, and the duplicates that an import brought.</summary>
[Collection("one after the other")]
public sealed class AfterwardsTests(LiveApp app)
{
    [Fact]
    public async Task Bins_merges_kept_columns_and_an_imports_duplicates_are_clear_at_the_desk_and_in_the_hand()
    {
        await app.Demo();
        var (merged, import, kept, list) = await Prepare();
        var visitors = new List<Visitor>();
        foreach (var (width, dark, name) in ((int, bool, string)[])[(1366, false, "desk"), (1366, true, "desk-dark"), (390, false, "hand"), (390, true, "hand-dark")])
        {
            var person = await app.NewVisitor(width, dark);
            visitors.Add(person);
            await person.OpenDemo();
            foreach (var (path, picture) in ((string, string)[])[("contacts/bin", "contact-bin"), ("companies/bin", "company-bin"), ("opportunities/bin", "opportunity-bin"), ("opportunities/list?waiting=yes&expected=2099-01-01", "opportunities-waiting"), ("contacts?added=7", "added"), ($"contacts/lists/{list}", "list-of-a-program"), ($"contacts/{merged}", "merged"), ($"contacts/import?kept={kept}", "kept-columns")])
            {
                await person.Go("/a/demo/" + path);
                await person.Looked($"afterwards/{picture}-{name}");
            }

            // The search goes on by itself; the page tells when it has ended.
            await person.Go($"/a/demo/contacts/import/{import}");
            var look = person.Page.GetByRole(AriaRole.Link, new() { Name = "Have a look" });
            await look.WaitForAsync();
            await person.Looked($"afterwards/import-{name}");
            await look.ClickAsync();
            await person.Page.Locator(".twins", new() { HasText = "Quill" }).WaitForAsync();
            await person.Looked($"afterwards/duplicates-{name}");
        }

        Visitor.Content([.. visitors]);
        foreach (var person in visitors)
            await person.DisposeAsync();
    }

    private async Task<(Guid Merged, Guid Import, Guid Kept, Guid List)> Prepare()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var account = await services.GetRequiredService<IDemoAccount>().Ensure("Harbour Street Dental", "US", "America/New_York", "12 Harbour Street, Portland, ME 04101, USA", default);
        services.GetRequiredService<Tenant>().Enter(account.Id);
        services.GetRequiredService<Actor>().BecomeSystem("demo");
        var create = services.GetRequiredService<CreateContactHandler>();
        async Task<Guid> Person(string first, string last, string company = "", string? email = null) =>
            (await create.Handle(new CreateContact { FirstName = first, LastName = last, Company = company, Email = email }, default)).Value;

        var gone = (List<Guid>)[await Person("Bartholomew", "Featherstonehaugh-Montgomery"), await Person("Ida", "Quick")];
        await services.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = gone }, default);
        var company = await services.GetRequiredService<CreateCompanyHandler>().Handle(new CreateCompany { Name = "Pemaquid Harbour Lobster Cooperative" }, default);
        await services.GetRequiredService<DeleteCompanyHandler>().Handle(new DeleteCompany { Id = company.Value }, default);
        var (stays, goes) = (await Person("Agnes", "Quimby", email: "agnes@quimby.example"), await Person("Aggie", "Quimby", email: "aggie@quimby.example"));
        await services.GetRequiredService<MergeContactsHandler>().Handle(new MergeContacts { Id = stays, Other = goes }, default);
        var kept = await services.GetRequiredService<KeepMappingHandler>().Handle(
            new KeepMapping { Name = "Export of the till", Columns = [new("Customer", "name"), new("E-Mail address", "email"), new("Mobile", "phone"), new("Customer since", "new.date:Customer since"), new("Remarks", "ignore")], Tags = ["Till", "Walk-in"], Policy = "overwrite" }, default);
        await Person("Oliver", "Quill", company: "Quill & Sons");
        await using var file = new MemoryStream("First,Last,Company,E-Mail\nOliver,Quill,Quill & Sons,oliver@quill.example\nNina,Novak,,nina@novak.example\n"u8.ToArray());
        var import = await services.GetRequiredService<ImportContactsHandler>().Handle(new Plura.Contacts.ImportContacts { File = file, FileName = "walk-ins.csv", DryRun = false }, default);
        var deal = await services.GetRequiredService<CreateOpportunityHandler>().Handle(new CreateOpportunity { Name = "Implants for both of the grandparents, upper jaw", Contact = stays, Value = "11800" }, default);
        await services.GetRequiredService<DeleteOpportunityHandler>().Handle(new DeleteOpportunity { Id = deal.Value }, default);
        // As a program writes it: more than the builder offers.
        var list = await services.GetRequiredService<KeepListHandler>().Handle(
            new KeepList
            {
                Name = "Neighbours",
                Filter = new AllOf([new Condition("city", "is", ["Portland", "Bath", ""]), new Condition("country", "is", ["US", "CA"]), new Condition("company_id", "is_not", ["none"]), new Condition("created", "not_last_days", "3"), new AnyOf([])]),
            }, default);
        return (stays, import.Value, kept.Value, list.Value);
    }
}
