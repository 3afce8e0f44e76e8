using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

public sealed class ContactsModule : IModule
{
    public string Name => "Contacts";

    public IEnumerable<NavigationEntry> Navigation =>
    [
        new(15, "Tasks", "tasks", "checkbox", "tasks.read"),
        new(30, "Contacts", "contacts", "users", "contacts.read") { Also = "companies" },
        new(30, "Contacts", "contacts", "users", "contacts.settings") { Area = Area.Settings },
        new(31, "Fields", "fields", "forms", "contacts.fields") { Area = Area.Settings },
    ];

    public IEnumerable<CommandEntry> Commands =>
    [
        new("New contact", "contacts/new", "user-plus", "contacts.create"),
        new("New company", "companies/new", "building", "contacts.companies"),
        new("New smart list", "contacts/lists/new", "list-search", "contacts.edit"),
        new("New task", "tasks?task=new", "checkbox", "tasks.write"),
        new("Import contacts", "contacts/import", "file-import", "contacts.import"),
    ];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("contacts.read", "See contacts and their story", PermissionLevel.Look),
        new("contacts.create", "Add contacts", PermissionLevel.Work),
        new("contacts.edit", "Change contacts and their tags", PermissionLevel.Work),
        new("contacts.consent", "Write down what people told you about permission", PermissionLevel.Work),
        new("contacts.import", "Import contacts", PermissionLevel.Work) { WholeAccount = true },
        new("contacts.delete", "Move contacts to the bin", PermissionLevel.Work),
        new("contacts.merge", "Find duplicates, merge them, and take that back", PermissionLevel.Work) { WholeAccount = true },
        new("contacts.restore", "Bring contacts back from the bin", PermissionLevel.Work) { WholeAccount = true },
        new("contacts.export", "Take contacts out as a file", PermissionLevel.Manage) { WhenClosed = true },
        new("contacts.companies", "Add and change companies", PermissionLevel.Work),
        new("contacts.delete_companies", "Move companies to the bin and bring them back", PermissionLevel.Work) { WholeAccount = true },
        new("contacts.fields", "Decide which fields contacts, companies and opportunities have", PermissionLevel.Manage) { WholeAccount = true },
        new("contacts.settings", "Decide how contacts are told apart", PermissionLevel.Manage),
        new("notes.read", "Read notes and files on contacts", PermissionLevel.Look),
        new("notes.write", "Write notes, attach files, and delete both", PermissionLevel.Work),
        new("tasks.read", "See tasks", PermissionLevel.Look),
        new("tasks.write", "Set, change, do and delete tasks", PermissionLevel.Work),
    ];

    public IEnumerable<ActWords> Acts =>
    [
        new("contacts.create", "added {about}", ActGroup.People, "contact"),
        new("contacts.edit", "changed {about}", ActGroup.People, "contact"),
        new("contacts.edit_cell", "changed {about} in a list", ActGroup.People, "contact"),
        new("contacts.assign", "said who looks after {about}", ActGroup.People, "contact"),
        new("contacts.tag", "put a tag on {about}", ActGroup.People, "contact"),
        new("contacts.untag", "took a tag off {about}", ActGroup.People, "contact"),
        new("contacts.delete", "moved {about} to the bin", ActGroup.People, "contact"),
        new("contacts.restore", "brought {about} back from the bin", ActGroup.People, "contact"),
        new("contacts.record_consent", "wrote down what {about} said about permission", ActGroup.People, "contact"),
        new("contacts.follow", "put a follower on {about}", ActGroup.People, "contact"),
        new("contacts.unfollow", "took a follower off {about}", ActGroup.People, "contact"),
        new("contacts.create_company", "added {about}", ActGroup.People, "company"),
        new("contacts.edit_company", "changed {about}", ActGroup.People, "company"),
        new("contacts.delete_company", "moved {about} to the bin", ActGroup.People, "company"),
        new("contacts.restore_company", "brought {about} back from the bin", ActGroup.People, "company"),
        new("contacts.keep_field", "made or changed the field {about}", ActGroup.Settings, "field"),
        new("contacts.move_field", "put the fields in another order", ActGroup.Settings),
        new("contacts.retire_field", "retired the field {about}, or brought it back", ActGroup.Settings, "field"),
        new("contacts.delete_field", "deleted {about} and its values", ActGroup.Settings, "field"),
        new("contacts.tell_apart", "changed how contacts are told apart", ActGroup.Settings),
        new("contacts.keep_list", "made or changed the smart list {about}", ActGroup.People, "smart_list"),
        new("contacts.delete_list", "deleted the smart list {about}", ActGroup.People, "smart_list"),
        new("contacts.restore_list", "brought the smart list {about} back", ActGroup.People, "smart_list"),
        new("contacts.upload_list", "uploaded the list {about}", ActGroup.People, "import"),
        new("contacts.choose_sheet", "chose another sheet of {about}", ActGroup.People, "import"),
        new("contacts.choose_mapping", "chose where the columns of {about} go", ActGroup.People, "import"),
        new("contacts.keep_mapping", "kept the columns {about} for later imports", ActGroup.People, "kept_mapping"),
        new("contacts.delete_mapping", "no longer keeps the columns {about}", ActGroup.People, "kept_mapping"),
        new("contacts.start_import", "tried out the import of {about}", ActGroup.People, "import"),
        new("contacts.import", "started the import of {about}", ActGroup.People, "import"),
        new("contacts.import_finished", "finished the import of {about}", ActGroup.People, "import"),
        new("contacts.undo_import", "took the import of {about} back", ActGroup.People, "import"),
        new("contacts.import_undone", "finished taking back the import of {about}", ActGroup.People, "import"),
        new("contacts.start_bulk_action", "changed many contacts at once ({about})", ActGroup.People, "bulk_action"),
        new("contacts.ask_bulk_action", "counted before changing many contacts ({about})", ActGroup.People, "bulk_action"),
        new("contacts.confirm_bulk_action", "started a change of many contacts ({about})", ActGroup.People, "bulk_action"),
        new("contacts.undo_bulk_action", "took a change of many contacts back ({about})", ActGroup.People, "bulk_action"),
        new("contacts.export", "took contacts out as a file", ActGroup.TakeOut),
        new("contacts.read_export", "fetched the file of an export ({about})", ActGroup.TakeOut, "bulk_action"),
        new("contacts.import_errors", "took the rows of {about} that failed out as a file", ActGroup.TakeOut, "import"),
        new("contacts.read", "looked at {about}", ActGroup.Look, "contact"),
        new("contacts.read_consents", "looked at the permissions of {about}", ActGroup.Look, "contact"),
        new("contacts.read_import", "looked at the import of {about}", ActGroup.Look, "import"),
        new("contacts.list", "looked at the list of contacts", ActGroup.Look),
        new("contacts.list_bin", "looked at deleted contacts", ActGroup.Look),
        .. FilesInFields.Acts,
        .. MergeEndpoints.Acts,
        .. NoteActs.All,
    ];

    public void Add(IServiceCollection services, IConfiguration configuration) => services
        .AddScoped<AddressReader>()
        .AddScoped<Assignees>()
        .AddScoped<CompanyBook>()
        .AddScoped<CompanyStory>()
        .AddScoped<ConsentsGiven>()
        .AddScoped<ContactStory>()
        .AddNotesAndTasks()
        .AddFilesInFields()
        .AddScoped<Duplicates>()
        .AddScoped<FieldBook>()
        .AddScoped<FieldCounts>()
        .AddScoped<FieldUses>()
        .AddScoped<IOwnFields>(services => services.GetRequiredService<FieldBook>())
        .AddScoped<Filters>().AddContactActivities().AddHeldColumns(configuration)
        .AddScoped<IFinds, FindCompanies>().AddScoped<IFinds, FindLists>().AddScoped<ListAddresses>().AddScoped<ListColumns>().AddScoped<ReadLists>().AddScoped<FilterBook>()
        .AddLivePart<NewContacts>(NewContacts.Part, "contacts.read", NewContacts.Parameters, _ => NewContacts.Topic)
        .AddImportContacts()
        .AddBulkActions()
        .AddContactSteps()
        .AddDuplicates(configuration)
        .AddScoped<LiveContacts>()
        .AddScoped<ReadCompany>()
        .AddScoped<ReadContact>()
        .AddScoped<TagBook>()
        .AddScoped<UniqueValues>()
        .AddSingleton(new TodayPart(20, typeof(TodayContacts)) { Permission = "contacts.read" })
        .AddSingleton(new NoticeKind(WhenNoteAdded.Followed, "Somebody writes a note on a contact you follow", MailToOwners: false) { Area = "Contacts" })
        .AddSingleton(new NoticeKind(ImportRun.DoneKind, "An import is finished", MailToOwners: false) { Area = "Contacts" })
        .AddScoped<ITimelineSource, ChangesStory>()
        .AddScoped<ITimelineSource, ConsentStory>()
        .AddScoped<INameThings, ContactNames>()
        .AddScoped<INameThings, ImportNames>()
        .AddScoped<INameThings, CompanyNamed>()
        .AddScoped<INameThings, FieldNamed>()
        .AddScoped<INameThings, ListNamed>()
        .AddScoped<INameThings, MappingNamed>()
        .AddScoped<ISnapshotPart, FieldsPart>().AddScoped<ISnapshotPart, TagsPart>().AddScoped<ISnapshotPart, TellApartPart>().AddScoped<ISnapshotPart, ListsPart>().AddScoped<ISnapshotPart, MappingsPart>()
        .AddSingleton(new StaysBehind("contacts and their companies never travel, nor what happened to them", typeof(Data.Contact), typeof(Data.ContactPoint), typeof(Data.ContactTag), typeof(Data.BinnedContact), typeof(Data.GoneContact), typeof(Data.SearchLine), typeof(Data.ContactChange), typeof(Data.Import), typeof(Data.ImportChange), typeof(Data.BulkAction), typeof(Data.BulkBatch), typeof(Data.Company), typeof(Data.CompanyChange), typeof(Data.BinnedCompany), typeof(Data.ContactFollower), typeof(Data.UniqueValue), typeof(Data.Note), typeof(Data.NoteVersion), typeof(Data.Attachment), typeof(Data.FieldFile), typeof(Data.PlannedTask), typeof(Data.Duplicate), typeof(Data.NotSame), typeof(Data.DuplicateSearch), typeof(Data.MergedContact)))
        .AddScoped<IAccountPart, ContactsPart>().AddScoped<IAccountRemains, RemoveUploads>()
        .AddScoped<IAccountFigure, ContactFigure>()
        .AddScoped<IContactDirectory, ContactDirectory>()
        .AddScoped<IRecipients, Recipients>().AddScoped<IPhoneBook, PhoneBook>();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCreateContact();
        routes.MapReadContact();
        routes.MapEditContact();
        routes.MapDeleteContact();
        routes.MapRestoreContact();
        routes.MapTagContact();
        routes.MapUntagContact();
        routes.MapListContacts();
        routes.MapKeepList();
        routes.MapReadLists();
        routes.MapDeleteList();
        routes.MapCountList();
        routes.MapEditCell();
        routes.MapImportContacts();
        routes.MapKeepMapping();
        routes.MapBulkActions();
        routes.MapDuplicates();
        routes.MapReadConsents();
        routes.MapExportContacts();
        routes.MapFindContacts();
        routes.MapReadTimeline();
        routes.MapNotesAndTasks();
        routes.MapFollowContact();
        routes.MapCreateCompany();
        routes.MapReadCompany();
        routes.MapEditCompany();
        routes.MapDeleteCompany();
        routes.MapRestoreCompany();
        routes.MapListCompanies();
        routes.MapListFields();
        routes.MapKeepField();
        routes.MapRetireField();
        routes.MapDeleteField();
        routes.MapFilesInFields();
    }
}
