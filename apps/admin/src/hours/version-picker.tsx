import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { VersionDraft } from './schedule-draft';

interface Properties {
  versions: VersionDraft[];
  /** Index of the version that is shown. */
  shown: number;
  show: (index: number) => void;
  onChange: (versions: VersionDraft[]) => void;
  isReadOnly: boolean;
}

/** Chooses which week is shown, and from which date on it applies. */
export function VersionPicker({ versions, shown, show, onChange, isReadOnly }: Properties) {
  const { t } = useTranslation();
  const { validFrom, week } = versions[shown]!;
  const nameOf = (date: string | null) => {
    if (date === null) return t('hours.beginning');
    return date === '' ? t('hours.undated') : t('hours.fromDate', { date });
  };
  const add = () => {
    onChange([...versions, { validFrom: '', week }]);
    show(versions.length);
  };
  const remove = () => {
    onChange(versions.toSpliced(shown, 1));
    show(Math.max(0, shown - 1));
  };
  return (
    <Group gap="xs" align="end">
      {versions.length > 1 && (
        <Select
          label={t('hours.version')}
          size="xs"
          data={versions.map((version, index) => ({ value: String(index), label: nameOf(version.validFrom) }))}
          value={String(shown)}
          onChange={(index) => show(Number(index))}
          allowDeselect={false}
        />
      )}
      {validFrom !== null && (
        <TextInput
          type="date"
          size="xs"
          label={t('hours.validFrom')}
          value={validFrom}
          error={versions.filter((version) => version.validFrom === validFrom).length > 1 || validFrom === ''}
          onChange={(event) => onChange(versions.with(shown, { validFrom: event.currentTarget.value, week }))}
          readOnly={isReadOnly}
        />
      )}
      {!isReadOnly && (
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('hours.addVersion')}
        </Button>
      )}
      {!isReadOnly && versions.length > 1 && (
        <Button variant="default" size="xs" leftSection={<IconTrash size={14} />} onClick={remove}>
          {t('hours.removeVersion')}
        </Button>
      )}
    </Group>
  );
}
