using Microsoft.EntityFrameworkCore;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Web.Demo;

/// <summary>What a dental practice keeps beyond names: fields of its own, and the employers and suppliers it deals with.</summary>
internal static class DemoSurgery
{
    private static readonly KeepField[] Asked =
    [
        new() { Label = "Patient number", Kind = CustomField.Text, Unique = true, Privacy = FieldPrivacy.Nothing },
        new() { Label = "Dentist", Kind = CustomField.Choice, Privacy = FieldPrivacy.Personal, Choices = [.. DemoPerson.Dentists] },
        new() { Label = "Last visit", Kind = CustomField.Date, Privacy = FieldPrivacy.Personal },
        new() { Label = "Allergies", Kind = CustomField.LongText, Group = "Health", Privacy = FieldPrivacy.Sensitive },
        new() { Label = "Treatments", Kind = CustomField.Multiple, Group = "Health", Privacy = FieldPrivacy.Sensitive, Choices = ["Check-up", "Braces", "Implant", "Whitening"] },
        new() { Label = "Open balance", Kind = CustomField.Money, Currency = "USD", Group = "Billing", Privacy = FieldPrivacy.Personal },
        new() { Label = "Industry", Kind = CustomField.Choice, Entity = CustomField.OnCompanies, Privacy = FieldPrivacy.Nothing, Choices = ["Employer", "Laboratory", "Supplier"] },
        new() { Label = "Insurance", Kind = CustomField.Choice, Entity = CustomField.OnOpportunities, Privacy = FieldPrivacy.Personal, Choices = ["Pays all", "Pays a part", "Pays nothing"] },
        new() { Label = "Offer number", Kind = CustomField.Text, Entity = CustomField.OnOpportunities, Privacy = FieldPrivacy.Nothing },
        new() { Label = "Contract ends", Kind = CustomField.Date, Entity = CustomField.OnCompanies, Privacy = FieldPrivacy.Nothing },
    ];

    private static readonly (CreateCompany Company, string First, string Last)[] Known =
    [
        (new() { Name = "Casco Bay Ferry Lines", Website = "https://casco-bay-ferries.example", Phone = "+12075559900", Street = "56 Commercial Street", PostalCode = "04101", City = "Portland", Region = "ME", Country = "US", Fields = { ["industry"] = "Employer" } }, "Nora", "Whitfield"),
        (new() { Name = "Dirigo Dental Laboratory", Website = "https://dirigo-lab.example", Phone = "+12075559901", Street = "8 Foundry Lane", PostalCode = "04005", City = "Biddeford", Region = "ME", Country = "US", Fields = { ["industry"] = "Laboratory", ["contract_ends"] = "2027-06-30" } }, "Peter", "Okafor"),
        (new() { Name = "Northern Light Supplies", Website = "https://northern-light.example", Phone = "+12075559902", City = "Bangor", Region = "ME", Country = "US", Fields = { ["industry"] = "Supplier", ["contract_ends"] = "2026-12-31" } }, "Ingrid", "Sorensen"),
    ];

    public static async Task Fields(Func<Func<IServiceProvider, Task>, Task> inAccount, CancellationToken ct)
    {
        foreach (var field in Asked)
        {
            await inAccount(async services =>
            {
                if (!await services.GetRequiredService<PluraDb>().CustomFields.AnyAsync(f => f.Entity == field.Entity && f.Label == field.Label, ct))
                    SeedDemo.Expect((await services.GetRequiredService<KeepFieldHandler>().Handle(field with { }, ct)).Refusal);
            });
        }
    }

    public static async Task Companies(Func<Func<IServiceProvider, Task>, Task> inAccount, CancellationToken ct)
    {
        foreach (var (number, (company, first, last)) in Known.Index())
        {
            await inAccount(async services =>
            {
                if (await services.GetRequiredService<PluraDb>().Companies.AnyAsync(c => c.Name == company.Name, ct))
                    return;
                SeedDemo.Expect((await services.GetRequiredService<CreateCompanyHandler>().Handle(company with { }, ct)).Refusal);
                var host = new Uri(company.Website!).Host;
                SeedDemo.Expect((await services.GetRequiredService<CreateContactHandler>().Handle(
                    new CreateContact
                    {
                        FirstName = first,
                        LastName = last,
                        Company = company.Name,
                        Email = $"{first}@{host}".ToLowerInvariant(),
                        Emails = [$"office@{host}"],
                        Labels = { [$"office@{host}"] = "Office" },
                        Phone = company.Phone,
                        Street = company.Street,
                        PostalCode = company.PostalCode,
                        City = company.City,
                        Region = company.Region,
                        Country = company.Country,
                        TimeZone = "America/New_York",
                        Source = "Front desk",
                        Tags = ["Partner"],
                        Fields = { ["patient_number"] = $"P-{9000 + number}" },
                    }, ct)).Refusal);
            });
        }
    }
}
