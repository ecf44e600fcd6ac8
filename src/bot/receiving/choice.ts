import { z } from 'zod';

/** What Slack says of a button that was pressed or a field that was filled in; which key is set depends on its kind. */
export const choiceSchema = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_user: z.string().nullish(),
  selected_channel: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_date_time: z.number().nullish(),
});

/** The parsed form of {@link choiceSchema}. */
export type Choice = z.infer<typeof choiceSchema>;

/** What was chosen or typed; several choices are joined with commas, a moment is in seconds since 1970, and nothing at all is null. */
export function chosen(choice: Choice): string | null {
  const one =
    choice.value ??
    choice.selected_option?.value ??
    choice.selected_user ??
    choice.selected_channel ??
    choice.selected_conversation ??
    choice.selected_date ??
    choice.selected_time;
  if (one !== null && one !== undefined) return one;
  if (choice.selected_date_time != null) return String(choice.selected_date_time);
  const several = choice.selected_options?.map(({ value }) => value) ?? [];
  return several.length > 0 ? several.join(',') : null;
}
